using System.Numerics;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Reads the bits of a packet header: after a byte 0xFF the next byte has seven (ITU-T T.800 B.10.1).</summary>
internal ref struct PacketBits(ReadOnlySpan<byte> data, int position)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position;
    private uint _current;
    private int _left;

    public uint Bit()
    {
        if (_left == 0)
        {
            _left = _current == 0xFF ? 7 : 8;
            _current = _position < _data.Length ? _data[_position++] : throw Jpeg2000Decoder.Truncated();
        }

        return _current >> --_left & 1;
    }

    public int Bits(int count)
    {
        uint value = 0;
        while (count-- > 0)
        {
            value = value << 1 | Bit();
        }

        return (int)value;
    }

    /// <summary>The number of coding passes (Table B.4).</summary>
    public int Passes()
    {
        if (Bit() == 0)
        {
            return 1;
        }

        if (Bit() == 0)
        {
            return 2;
        }

        int more = Bits(2);
        if (more < 3)
        {
            return 3 + more;
        }

        more = Bits(5);
        return more < 31 ? 6 + more : 37 + Bits(7);
    }

    /// <summary>Bits of the length of a segment of some passes.</summary>
    public static int LengthBits(int lengthBlock, int passes) => lengthBlock + BitOperations.Log2((uint)passes);

    /// <summary>Leaves the header at a byte's boundary and returns the position behind it.</summary>
    public int Finish() => _current == 0xFF ? Math.Min(_position + 1, _data.Length) : _position;
}
