using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Reads the main header and the tile-parts of a codestream (ITU-T T.800 Annex A).</summary>
internal ref struct CodestreamReader(ReadOnlySpan<byte> stream)
{
    private const byte StartOfCodestream = 0x4F;
    private const byte Siz = 0x51;
    private const byte StartOfTilePart = 0x90;
    private const byte StartOfData = 0x93;
    private const byte EndOfCodestream = 0xD9;
    private const byte PackedHeadersMain = 0x60;
    private const byte PackedHeadersTile = 0x61;
    private const int StartOfTilePartLength = 12;

    private readonly ReadOnlySpan<byte> _stream = stream;
    private int _position;

    /// <summary>Reads everything; the tiles that the stream does not have are null.</summary>
    public (ImageSize Size, Dictionary<int, TilePart> Tiles) Read(StreamBounds bounds)
    {
        if (ReadMarker() != StartOfCodestream || ReadMarker() != Siz)
        {
            throw Jpeg2000Decoder.Error("the stream does not begin with the markers SOC and SIZ (0xFF4F 0xFF51).");
        }

        ImageSize size = ImageSize.Read(ReadSegment(), bounds);
        CodingParameters main = new(size.Components);
        byte marker;
        while ((marker = ReadMarker()) != StartOfTilePart)
        {
            if (marker is EndOfCodestream or StartOfData)
            {
                throw Jpeg2000Decoder.Error($"marker 0xFF{marker:X2} found in the main header, a tile-part (0xFF90) expected.");
            }

            RefusePackedHeaders(marker);
            main.TryRead(marker, ReadSegment());
        }

        Dictionary<int, TilePart> tiles = [];
        while (marker == StartOfTilePart)
        {
            ReadTilePart(size, main, tiles);

            // A stream may lack its end marker; whether all packets are there is for the packet reader to see.
            marker = _position + 2 <= _stream.Length ? ReadMarker() : EndOfCodestream;
        }

        return marker == EndOfCodestream
            ? (size, tiles)
            : throw Jpeg2000Decoder.Error($"marker 0xFF{marker:X2} found behind a tile-part, another one or the end (0xFFD9) expected.");
    }

    private void ReadTilePart(ImageSize size, CodingParameters main, Dictionary<int, TilePart> tiles)
    {
        int start = _position - 2;
        ReadOnlySpan<byte> body = ReadSegment();
        ByteFields fields = new(body, "SOT");
        int index = fields.UInt16();
        uint length = fields.UInt32();
        if (index >= size.Tiles || (length != 0 && (length < StartOfTilePartLength || length > _stream.Length - start)))
        {
            throw Jpeg2000Decoder.Error($"a tile-part of {length} bytes of tile {index} found; {_stream.Length - start} bytes are left, {size.Tiles} tiles are declared.");
        }

        if (!tiles.TryGetValue(index, out TilePart? tile))
        {
            tiles.Add(index, tile = new TilePart(main));
        }

        byte marker;
        while ((marker = ReadMarker()) != StartOfData)
        {
            RefusePackedHeaders(marker);
            tile.ReadSegment(marker, ReadSegment());
        }

        // Length 0: the last tile-part reaches to the end.
        int end = length == 0 ? _stream.Length : start + (int)length;
        if (end < _position)
        {
            throw Jpeg2000Decoder.Error($"a tile-part of {length} bytes is shorter than its header.");
        }

        tile.Append(_stream[_position..end]);
        _position = end;
    }

    private static void RefusePackedHeaders(byte marker)
    {
        if (marker is PackedHeadersMain or PackedHeadersTile)
        {
            throw Jpeg2000Decoder.Error("packet headers packed into a header segment (PPM, PPT) are not supported.");
        }
    }

    private byte ReadMarker()
    {
        if (_position + 2 > _stream.Length)
        {
            throw Jpeg2000Decoder.Truncated();
        }

        byte high = _stream[_position], low = _stream[_position + 1];
        if (high != 0xFF)
        {
            throw Jpeg2000Decoder.Error($"a marker was expected at byte {_position}, 0x{high:X2}{low:X2} found.");
        }

        _position += 2;
        return low;
    }

    private ReadOnlySpan<byte> ReadSegment()
    {
        int length = _position + 2 <= _stream.Length ? BinaryPrimitives.ReadUInt16BigEndian(_stream[_position..]) : throw Jpeg2000Decoder.Truncated();
        if (length < 2 || length > _stream.Length - _position)
        {
            throw Jpeg2000Decoder.Error($"a segment at byte {_position} claims {length} bytes, {_stream.Length - _position} are left.");
        }

        ReadOnlySpan<byte> body = _stream.Slice(_position + 2, length - 2);
        _position += length;
        return body;
    }
}
