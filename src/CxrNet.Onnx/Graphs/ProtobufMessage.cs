using System.Buffers;
using System.Text;

namespace CxrNet.Onnx;

/// <summary>Builds one protobuf message; the counterpart of <see cref="ProtobufReader"/>.</summary>
internal sealed class ProtobufMessage
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Copies a field as it stands in another message.</summary>
    public ProtobufMessage Copy(ReadOnlySpan<byte> field)
    {
        _bytes.Write(field);
        return this;
    }

    public ProtobufMessage Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtobufMessage Text(int field, string value) => Field(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Message(int field, ProtobufMessage value) => Field(field, value.Bytes);

    public ProtobufMessage Field(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
