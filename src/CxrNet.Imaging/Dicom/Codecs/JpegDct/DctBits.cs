using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Reads Huffman codes and numbers from unstuffed entropy-coded bytes; T.81, F.2.2.</summary>
internal ref struct DctBits(ReadOnlySpan<byte> padded, int length)
{
    private readonly ReadOnlySpan<byte> _padded = padded;
    private readonly long _end = (long)length * 8;
    private long _position;

    /// <summary>The symbol of the next code.</summary>
    public int Symbol(DctHuffmanTable table)
    {
        int entry = table[Peek() >> 16];
        if (entry == 0)
        {
            throw Codestream.Error(DctDecoder.Name, "a Huffman code is in no table; the stream is damaged.");
        }

        Advance(entry >> 8);
        return entry & 0xFF;
    }

    /// <summary>A number of <paramref name="bits"/> bits, at most 16, extended as T.81's EXTEND procedure does.</summary>
    public int Number(int bits)
    {
        if (bits == 0)
        {
            return 0;
        }

        int value = (int)(Peek() >> (32 - bits));
        Advance(bits);
        return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
    }

    // At least 25 valid bits, left-aligned; the padding behind the data keeps the load inside the buffer.
    private readonly uint Peek() => BinaryPrimitives.ReadUInt32BigEndian(_padded[(int)(_position >> 3)..]) << (int)(_position & 7);

    private void Advance(int bits)
    {
        _position += bits;
        if (_position > _end)
        {
            throw Codestream.Error(DctDecoder.Name, $"the entropy-coded data ends after {_end / 8} bytes, before its last block.");
        }
    }
}
