using System.Buffers;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>What the tile-parts of one tile hold.</summary>
internal sealed class TilePart(CodingParameters main)
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private CodingParameters? _own;

    /// <summary>The tile's parameters: the main header's, until a segment of its own changes them.</summary>
    public CodingParameters Parameters => _own ?? main;

    /// <summary>The packets of all its tile-parts, in order.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>Takes a segment of a tile-part's header.</summary>
    public void ReadSegment(byte marker, ReadOnlySpan<byte> body)
    {
        CodingParameters own = _own ?? main.ForTile();
        if (own.TryRead(marker, body))
        {
            _own = own;
        }
    }

    /// <summary>Appends a tile-part's packets.</summary>
    public void Append(ReadOnlySpan<byte> packets) => _data.Write(packets);
}
