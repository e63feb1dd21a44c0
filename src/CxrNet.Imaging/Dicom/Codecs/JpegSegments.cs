using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>Walks the marker segments of a JPEG-family stream (ITU-T T.81 B.1.1; T.87 uses the same syntax).</summary>
internal ref struct JpegSegments(ReadOnlySpan<byte> stream, string codec)
{
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte DefineRestartInterval = 0xDD;
    public const byte FirstRestart = 0xD0;

    private readonly ReadOnlySpan<byte> _stream = stream;

    /// <summary>Where the next marker, or after a start of scan its entropy-coded data, begins.</summary>
    public int Position { get; set; }

    /// <summary>Reads the next marker and, where it has one, the body of its segment (without the length).</summary>
    public byte Next(out ReadOnlySpan<byte> body)
    {
        byte marker = NextMarker();
        body = default;
        if (marker is StartOfImage or EndOfImage or 0x01 or (>= FirstRestart and <= FirstRestart + 7))
        {
            return marker;
        }

        if (_stream.Length - Position < 2)
        {
            throw Codestream.Error(codec, $"the stream ends at byte {_stream.Length}, inside the segment of marker 0xFF{marker:X2}.");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_stream[Position..]);
        if (length < 2 || length > _stream.Length - Position)
        {
            throw Codestream.Error(codec, $"the segment of marker 0xFF{marker:X2} claims {length} bytes, {_stream.Length - Position} are left.");
        }

        body = _stream.Slice(Position + 2, length - 2);
        Position += length;
        return marker;
    }

    /// <summary>Reads the restart marker that must stand here, the <paramref name="index"/>-th of its scan.</summary>
    public void ExpectRestart(int index)
    {
        byte expected = (byte)(FirstRestart + (index & 7));
        byte found = NextMarker();
        if (found != expected)
        {
            throw Codestream.Error(codec, $"restart marker 0xFF{expected:X2} expected, 0xFF{found:X2} found.");
        }
    }

    private byte NextMarker()
    {
        if (Position < _stream.Length && _stream[Position] != 0xFF)
        {
            throw Codestream.Error(codec, $"a marker was expected at byte {Position}, 0x{_stream[Position]:X2} found.");
        }

        while (Position < _stream.Length && _stream[Position] == 0xFF)
        {
            Position++;   // any number of fill bytes may precede a marker
        }

        return Position < _stream.Length
            ? _stream[Position++]
            : throw Codestream.Error(codec, $"the stream ends at byte {_stream.Length} where a marker was expected.");
    }
}
