using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CxrNet.Imaging.Dicom;

/// <summary>Writes elements in explicit little endian; the caller keeps them in ascending order.</summary>
internal sealed class DicomWriter
{
    /// <summary>Names this library as the writer; made once from a random UUID (PS3.5, B.2).</summary>
    public const string ImplementationUid = "2.25.196370583906853011457218464903268837313";

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A new unique identifier from a random UUID; PS3.5, B.2.</summary>
    public static string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        return $"2.25.{BinaryPrimitives.ReadUInt128BigEndian(bytes)}";
    }

    /// <summary>A text cut to the length that its value representation allows, without the separator of several values.</summary>
    public static string Limit(string text, int length) => text.Replace('\\', '/')[..Math.Min(text.Length, length)];

    /// <summary>Preamble, prefix, file meta information with its group length, data set.</summary>
    public static void WriteFile(Stream stream, DicomWriter meta, DicomWriter set)
    {
        stream.Write(new byte[128]);
        stream.Write("DICM"u8);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, meta._bytes.WrittenCount);
        DicomWriter group = new();
        group.Bytes(0x0002_0000, "UL", length);
        stream.Write(group._bytes.WrittenSpan);
        stream.Write(meta._bytes.WrittenSpan);
        stream.Write(set._bytes.WrittenSpan);
    }

    public void UInt16(uint tag, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        Bytes(tag, "US", bytes);
    }

    /// <summary>A text, padded to an even length: identifiers with a zero, the rest with a space.</summary>
    public void Text(uint tag, string vr, string text)
    {
        string even = text.Length % 2 == 0 ? text : text + (vr == "UI" ? '\0' : ' ');
        Bytes(tag, vr, Encoding.ASCII.GetBytes(even));
    }

    public void Bytes(uint tag, string vr, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
        (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
        int padded = value.Length + (value.Length & 1);
        bool isShort = ValueRepresentation.HasShortLength((ushort)((vr[0] << 8) | vr[1]));
        if (isShort)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)padded));
        }
        else
        {
            head[6..8].Clear();
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], padded);
        }

        _bytes.Write(head[..(isShort ? 8 : 12)]);
        _bytes.Write(value);
        if (padded > value.Length)
        {
            _bytes.Write((ReadOnlySpan<byte>)[0]);
        }
    }

    /// <summary>A sequence of one item, both of defined length.</summary>
    public void Sequence(uint tag, Action<DicomWriter> writeItem)
    {
        DicomWriter item = new();
        writeItem(item);
        byte[] value = new byte[8 + item._bytes.WrittenCount];
        BinaryPrimitives.WriteUInt16LittleEndian(value, 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(value.AsSpan(2), 0xE000);
        BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(4), item._bytes.WrittenCount);
        item._bytes.WrittenSpan.CopyTo(value.AsSpan(8));
        Bytes(tag, "SQ", value);
    }
}
