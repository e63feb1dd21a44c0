using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>Small DICOM files that the tests make themselves, in any encoding, also wrong ones.</summary>
internal sealed class TestDicom(string transferSyntax = TestDicom.ExplicitLittle)
{
    public const string ImplicitLittle = "1.2.840.10008.1.2";
    public const string ExplicitLittle = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string ExplicitBig = "1.2.840.10008.1.2.2";
    public const string Rle = "1.2.840.10008.1.2.5";
    public const string JpegBaseline = "1.2.840.10008.1.2.4.50";

    private readonly SortedDictionary<uint, byte[]> _elements = [];
    private readonly bool _isExplicit = transferSyntax != ImplicitLittle;
    private readonly bool _isBig = transferSyntax == ExplicitBig;

    /// <summary>A grey image with the elements that an image needs.</summary>
    public static TestDicom Grey(int width, int height, int bits, byte[] pixels, string transferSyntax = ExplicitLittle)
    {
        int allocated = bits <= 8 ? 8 : 16;
        TestDicom file = new(transferSyntax);
        file.Short(0x0028_0002, 1).Text(0x0028_0004, "CS", "MONOCHROME2").Short(0x0028_0010, height).Short(0x0028_0011, width)
            .Short(0x0028_0100, allocated).Short(0x0028_0101, bits).Short(0x0028_0102, bits - 1).Short(0x0028_0103, 0);
        return transferSyntax is Rle or JpegBaseline
            ? file.Fragments(pixels)
            : file.Value(0x7FE0_0010, allocated == 8 ? "OB" : "OW", pixels);
    }

    public TestDicom Short(uint tag, params int[] values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Write16(bytes.AsSpan(2 * i), (ushort)values[i]);
        }

        return Value(tag, "US", bytes);
    }

    public TestDicom Text(uint tag, string vr, string text) => Value(tag, vr, Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + ' '));

    public TestDicom Without(uint tag)
    {
        _elements.Remove(tag);
        return this;
    }

    public TestDicom Value(uint tag, string vr, byte[] value)
    {
        _elements[tag] = [.. Head(tag, vr, (uint)value.Length), .. value];
        return this;
    }

    /// <summary>A sequence of undefined length with items of undefined length.</summary>
    public TestDicom Sequence(uint tag, params TestDicom[] items)
    {
        IEnumerable<byte> content = items.SelectMany(item => (byte[])[.. Delimiter(0xFFFE_E000, uint.MaxValue), .. item.DataSet(), .. Delimiter(0xFFFE_E00D, 0)]);
        _elements[tag] = [.. Head(tag, "SQ", uint.MaxValue), .. content, .. Delimiter(0xFFFE_E0DD, 0)];
        return this;
    }

    /// <summary>Encapsulated pixel data with an empty offset table.</summary>
    public TestDicom Fragments(params byte[][] fragments) => Fragments([], fragments);

    /// <summary>Encapsulated pixel data with an offset table.</summary>
    public TestDicom Fragments(int[] offsets, byte[][] fragments)
    {
        List<byte> bytes = [.. Head(0x7FE0_0010, "OB", uint.MaxValue), .. Delimiter(0xFFFE_E000, (uint)(4 * offsets.Length)), .. offsets.SelectMany(BitConverter.GetBytes)];
        foreach (byte[] fragment in fragments)
        {
            bytes.AddRange([.. Delimiter(0xFFFE_E000, (uint)fragment.Length), .. fragment]);
        }

        _elements[0x7FE0_0010] = [.. bytes, .. Delimiter(0xFFFE_E0DD, 0)];
        return this;
    }

    public byte[] DataSet() => [.. _elements.Values.SelectMany(e => e)];

    public byte[] File()
    {
        TestDicom meta = new();
        meta.Value(0x0002_0010, "UI", Encoding.ASCII.GetBytes(transferSyntax.Length % 2 == 0 ? transferSyntax : transferSyntax + '\0'));
        byte[] set = DataSet();
        if (transferSyntax == Deflated)
        {
            using MemoryStream target = new();
            using (DeflateStream deflate = new(target, CompressionLevel.Optimal))
            {
                deflate.Write(set);
            }

            set = target.ToArray();
        }

        return [.. new byte[128], .. "DICM"u8, .. meta.DataSet(), .. set];
    }

    private byte[] Head(uint tag, string vr, uint length)
    {
        bool isShort = _isExplicit && vr is not ("OB" or "OW" or "SQ" or "UN" or "UT");
        byte[] head = new byte[_isExplicit && !isShort ? 12 : 8];
        Write16(head, (ushort)(tag >> 16));
        Write16(head.AsSpan(2), (ushort)tag);
        if (_isExplicit)
        {
            (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
        }

        if (isShort)
        {
            Write16(head.AsSpan(6), (ushort)length);
        }
        else
        {
            Write32(head.AsSpan(head.Length - 4), length);
        }

        return head;
    }

    private byte[] Delimiter(uint tag, uint length)
    {
        byte[] head = new byte[8];
        Write16(head, (ushort)(tag >> 16));
        Write16(head.AsSpan(2), (ushort)tag);
        Write32(head.AsSpan(4), length);
        return head;
    }

    private void Write16(Span<byte> target, ushort value)
    {
        if (_isBig)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }
    }

    private void Write32(Span<byte> target, uint value)
    {
        if (_isBig)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        }
    }
}
