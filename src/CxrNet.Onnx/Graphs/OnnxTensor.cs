using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CxrNet.Onnx;

/// <summary>A constant of a graph: name, element type, shape and values as little-endian bytes.</summary>
/// <remarks>TensorProto: dims = 1, data_type = 2, float_data = 4, int32_data = 5, int64_data = 7, name = 8, raw_data = 9, external_data = 13.</remarks>
internal sealed record OnnxTensor(string Name, int Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Values)
{
    /// <summary>TensorProto.DataType of what is read or written here.</summary>
    public const int Float = 1, UInt8 = 2, Int8 = 3, Int32 = 6, Int64 = 7, Float16 = 10;

    public bool IsFloat => Type == Float;

    /// <summary>How many values.</summary>
    public int Count => (int)Shape.Aggregate(1L, static (a, b) => checked(a * b));

    /// <summary>The values of a float tensor.</summary>
    public float[] Floats => MemoryMarshal.Cast<byte, float>(Values.Span).ToArray();

    public static OnnxTensor Of(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        new(name, Float, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor Of(string name, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) =>
        new(name, Int32, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Reads a TensorProto; null where its values are of a type or in a place that nothing here works with.</summary>
    /// <exception cref="InvalidDataException">It holds other than as many values as its shape says.</exception>
    public static OnnxTensor? Read(ReadOnlySpan<byte> message, string? name = null)
    {
        List<long> shape = [], integers = [];
        ProtobufMessage floats = new();
        byte[]? raw = null;
        int type = 0;
        bool elsewhere = false;
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddNumbersTo(shape);
                    break;
                case 2:
                    type = (int)reader.Number;
                    break;
                case 4:
                    // Packed or alone, these are the bytes of the values.
                    floats.Copy(reader.Bytes);
                    break;
                case 5 or 7:
                    reader.AddNumbersTo(integers);
                    break;
                case 8:
                    name ??= reader.Text;
                    break;
                case 9:
                    raw = reader.Bytes.ToArray();
                    break;
                case 13:
                    elsewhere = true;
                    break;
                default:
                    break;
            }
        }

        int size = type switch { Float or Int32 => 4, UInt8 or Int8 => 1, Int64 => 8, Float16 => 2, _ => 0 };
        if (size == 0 || elsewhere)
        {
            return null;
        }

        byte[] values = raw ?? (type == Float ? floats.Bytes.ToArray() : Bytes(integers, size));
        OnnxTensor tensor = new(name ?? "", type, shape, values);
        return values.Length == (long)tensor.Count * size
            ? tensor
            : throw new InvalidDataException($"tensor '{tensor.Name}' holds {values.Length} bytes, {tensor.Count} values of {size} bytes were expected");
    }

    /// <summary>The same values as floats; null where they are no floating-point numbers.</summary>
    public OnnxTensor? ToFloat(string name)
    {
        if (Type == Float)
        {
            return this with { Name = name };
        }

        return Type == Float16 ? Of(name, [.. MemoryMarshal.Cast<byte, Half>(Values.Span).ToArray().Select(static h => (float)h)], [.. Shape]) : null;
    }

    public ProtobufMessage ToMessage()
    {
        ProtobufMessage message = new();
        foreach (long dimension in Shape)
        {
            message.Number(1, dimension);
        }

        return message.Number(2, Type).Text(8, Name).Field(9, Values.Span);
    }

    private static byte[] Bytes(List<long> integers, int size)
    {
        byte[] bytes = new byte[integers.Count * size];
        Span<byte> one = stackalloc byte[8];
        for (int i = 0; i < integers.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(one, integers[i]);
            one[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
