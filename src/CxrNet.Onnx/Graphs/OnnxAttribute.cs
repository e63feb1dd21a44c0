using System.Buffers.Binary;

namespace CxrNet.Onnx;

/// <summary>An attribute of an operator, as far as it is read or written here: a number, a float, a text, a list of numbers or a tensor.</summary>
/// <remarks>AttributeProto: name = 1, f = 2, i = 3, s = 4, t = 5, ints = 8, type = 20 (FLOAT = 1, INT = 2, STRING = 3, TENSOR = 4, INTS = 7).</remarks>
internal sealed record OnnxAttribute(string Name)
{
    public float? Float { get; private init; }

    public long? Int { get; init; }

    public string? Text { get; private init; }

    public IReadOnlyList<long> Ints { get; init; } = [];

    /// <summary>The bytes of a TensorProto; null where the attribute is none.</summary>
    public ReadOnlyMemory<byte>? Tensor { get; private init; }

    public static OnnxAttribute Read(ReadOnlySpan<byte> message)
    {
        OnnxAttribute attribute = new("");
        List<long> ints = [];
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute = attribute with { Name = reader.Text };
                    break;
                case 2 when reader.Bytes.Length == 4:
                    attribute = attribute with { Float = BinaryPrimitives.ReadSingleLittleEndian(reader.Bytes) };
                    break;
                case 3:
                    attribute = attribute with { Int = (long)reader.Number };
                    break;
                case 4:
                    attribute = attribute with { Text = reader.Text };
                    break;
                case 5:
                    attribute = attribute with { Tensor = reader.Bytes.ToArray() };
                    break;
                case 8:
                    reader.AddNumbersTo(ints);
                    break;
                default:
                    break;
            }
        }

        return attribute with { Ints = ints };
    }

    /// <summary>Writes a number or a list of numbers.</summary>
    public ProtobufMessage ToMessage()
    {
        ProtobufMessage message = new ProtobufMessage().Text(1, Name);
        if (Int is { } number)
        {
            return message.Number(3, number).Number(20, 2);
        }

        foreach (long value in Ints)
        {
            message.Number(8, value);
        }

        return message.Number(20, 7);
    }
}
