using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>Reads the bits of a JPEG-LS scan: after a byte 0xFF one zero bit is stuffed, and a set bit there is a marker (ITU-T T.87 A.1).</summary>
internal ref struct JpegLsBits
{
    private readonly ReadOnlySpan<byte> _stream;
    private int _position;      // next byte that is not in the cache
    private int _plainEnd;      // no byte 0xFF before this position
    private ulong _cache;       // the next bits, left-aligned; what lies behind _count is not yet certain
    private int _count;

    public JpegLsBits(ReadOnlySpan<byte> stream, int position)
    {
        _stream = stream;
        _position = position;
        FindPlainEnd();
    }

    /// <summary>The position of the marker that ends the scan, or the stream's end.</summary>
    public readonly int FindMarker()
    {
        // The cache never holds bytes from behind a marker, only perhaps its 0xFF.
        int position = Math.Max(_position - 1, 0);
        while (position < _stream.Length)
        {
            int found = _stream[position..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                break;
            }

            position += found;
            if (position + 1 < _stream.Length && _stream[position + 1] >= 0x80)
            {
                return position;
            }

            position++;
        }

        return _stream.Length;
    }

    /// <summary>The next <paramref name="count"/> (0 … 32) bits.</summary>
    public int Read(int count)
    {
        if (_count < count)
        {
            Fill();
            if (_count < count)
            {
                throw JpegLsDecoder.Truncated();
            }
        }

        int value = (int)(_cache >> 1 >> (63 - count));
        _cache <<= count;
        _count -= count;
        return value;
    }

    /// <summary>A Golomb code of parameter k, of at most <paramref name="limit"/> bits (A.5.3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadGolomb(int k, int limit, int rangeBits)
    {
        if (_count < 32)
        {
            Fill();
        }

        int zeros = BitOperations.LeadingZeroCount(_cache);
        if (zeros < limit - rangeBits - 1 && zeros + 1 + k <= _count)
        {
            ulong rest = _cache << zeros << 1;
            _cache = rest << k;
            _count -= zeros + 1 + k;
            return zeros << k | (int)(rest >> 1 >> (63 - k));
        }

        return ReadLongGolomb(k, limit, rangeBits);
    }

    private int ReadLongGolomb(int k, int limit, int rangeBits)
    {
        int zeros = 0;
        while (Read(1) == 0)
        {
            if (++zeros > limit - rangeBits - 1)
            {
                throw JpegLsDecoder.Error($"a code of more than {limit} bits was found: the data is damaged.");
            }
        }

        return zeros == limit - rangeBits - 1 ? Read(rangeBits) + 1 : zeros << k | Read(k);
    }

    private void Fill()
    {
        if (_position + 8 <= _plainEnd)
        {
            _cache |= BinaryPrimitives.ReadUInt64BigEndian(_stream[_position..]) >> _count;
            int bytes = (63 - _count) >> 3;
            _position += bytes;
            _count += 8 * bytes;
            return;
        }

        while (_count <= 56 && _position < _stream.Length)
        {
            byte next = _stream[_position];
            if (_position <= _plainEnd)
            {
                _cache |= (ulong)next << (56 - _count);
                _count += 8;
                _position++;
            }
            else if (next < 0x80)
            {
                _cache |= (ulong)next << (57 - _count);
                _count += 7;
                _position++;
                FindPlainEnd();
            }
            else
            {
                break;   // a marker
            }
        }
    }

    private void FindPlainEnd()
    {
        int found = _stream[_position..].IndexOf((byte)0xFF);
        _plainEnd = found < 0 ? _stream.Length : _position + found;
    }
}
