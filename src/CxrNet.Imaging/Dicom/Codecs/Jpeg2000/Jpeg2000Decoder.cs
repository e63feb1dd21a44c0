namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>JPEG 2000 part 1: ITU-T T.800 (DICOM 1.2.840.10008.1.2.4.90 and .91), as a bare codestream or in JP2 boxes.</summary>
/// <remarks>
/// 1 to 16 bits, signed or not, 1 to 4 components of one size and depth; both wavelets, every code-block style, progression and
/// marker of part 1 but packed packet headers (PPM, PPT). Several threads share the code-blocks and the wavelet of a large tile.
/// </remarks>
internal static class Jpeg2000Decoder
{
    internal const string Name = "JPEG 2000";

    /// <summary>Decodes one stream.</summary>
    /// <param name="stream">A codestream, or a JP2 file around one.</param>
    /// <param name="bounds">What it may declare.</param>
    /// <exception cref="InvalidDataException">Not such a stream, damaged, truncated, or beyond the bounds.</exception>
    public static CodedImage Decode(ReadOnlySpan<byte> stream, StreamBounds bounds)
    {
        (ImageSize size, Dictionary<int, TilePart> tiles) = new CodestreamReader(Jp2Boxes.FindCodestream(stream)).Read(bounds);
        if (tiles.Count != size.Tiles)
        {
            throw Error($"{tiles.Count} of {size.Tiles} tiles found.");
        }

        VisitBudget budget = new();
        int[]? samples = null;
        bool reversible = true;
        for (int index = 0; index < size.Tiles; index++)
        {
            TilePart tile = tiles[index];
            TileComponent[] components = TileDecoder.ReadPackets(size.TileArea(index), size, tile.Parameters, tile.Data.Span, budget);
            reversible &= components.All(static component => component.Style.IsReversible);
            samples ??= new int[size.Image.Width * size.Image.Height * size.Components];
            TileDecoder.Decode(components, size, tile.Parameters.TileStyle.HasComponentTransform, tile.Data, samples);
        }

        return new CodedImage(size.Image.Width, size.Image.Height, size.Components, size.Precision, size.IsSigned, samples!) { IsReversible = reversible };
    }

    internal static InvalidDataException Error(string cause) => Codestream.Error(Name, cause);

    internal static InvalidDataException Truncated() => Error("the codestream ends before its last packet.");
}
