using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>Reads Huffman-coded differences (ITU-T T.81 H.1.2.2) from unstuffed bytes.</summary>
internal ref struct DifferenceReader(ReadOnlySpan<byte> paddedBytes)
{
    private readonly ReadOnlySpan<byte> _bytes = paddedBytes;
    private long _bit;

    /// <summary>Whether more bits were taken than the data holds.</summary>
    public readonly bool IsOverrun => _bit > (_bytes.Length - EntropyBytes.Padding) * 8L;

    /// <summary>The next difference, -32767 … 32768.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ReadOnlySpan<ushort> shortCodes, LosslessHuffmanTable table)
    {
        int start = (int)(_bit >> 3);
        if (start > _bytes.Length - EntropyBytes.Padding)
        {
            throw JpegLosslessDecoder.Truncated();
        }

        // A code (16 bits at most) and its extra bits (15 at most) fit 32, so one load serves a whole sample.
        uint window = (uint)(BinaryPrimitives.ReadUInt64BigEndian(_bytes[start..]) << (int)(_bit & 7) >> 32);
        int entry = shortCodes[(int)(window >> (32 - LosslessHuffmanTable.ShortBits))];
        if (entry == 0)
        {
            entry = table.Long[(int)(window >> 16)];
            if (entry == 0)
            {
                throw JpegLosslessDecoder.Error("a bit pattern that is no code of its Huffman table was found.");
            }
        }

        int length = entry >> 8;
        int category = entry & 0xFF;
        if (category == 16)
        {
            _bit += length;
            return 32768;   // the one category without extra bits
        }

        uint rest = window << length;
        _bit += length + category;
        int extra = (int)(rest >> 1 >> (31 - category));
        int positive = (int)rest >> 31;   // all ones where the first extra bit is set
        return extra + (~positive & (1 - (1 << category)));
    }
}
