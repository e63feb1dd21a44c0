namespace CxrNet.Imaging;

/// <summary>How a page's pixels lie in the file: what the directory says, checked against the limits and the file's bytes before anything of the picture's size is allocated.</summary>
internal sealed class TiffLayout
{
    private TiffLayout(TiffDirectory directory)
    {
        Width = Dimension(directory, TiffTags.Width);
        Height = Dimension(directory, TiffTags.Height);
        Compression = (int)directory.ValueOr(TiffTags.Compression, 1);
        Photometric = (int)directory.ValueOr(TiffTags.Photometric, 1);
        StoredChannels = (int)directory.ValueOr(TiffTags.SamplesPerPixel, 1);
        BytesPerSample = (int)directory.ValueOr(TiffTags.BitsPerSample, 1) / 8;
        IsSigned = directory.ValueOr(TiffTags.SampleFormat, 1) == 2;
        IsTiled = directory.Has(TiffTags.TileWidth);
        BlockWidth = IsTiled ? Dimension(directory, TiffTags.TileWidth) : Width;
        BlockHeight = IsTiled ? Dimension(directory, TiffTags.TileHeight) : (int)Math.Min(Height, directory.ValueOr(TiffTags.RowsPerStrip, uint.MaxValue));
        Orientation = (int)directory.ValueOr(TiffTags.Orientation, 1);
    }

    public int Width { get; }

    public int Height { get; }

    public int Compression { get; }

    /// <summary>0: the lowest value is white; 1: it is black; 2: RGB.</summary>
    public int Photometric { get; }

    /// <summary>Samples per pixel as stored, unused ones and alpha included.</summary>
    public int StoredChannels { get; }

    /// <summary>Samples per pixel that are handed on.</summary>
    public int Channels => Photometric == 2 ? 3 : 1;

    public int BytesPerSample { get; }

    public bool IsSigned { get; }

    public bool IsTiled { get; }

    /// <summary>Columns of a strip or tile.</summary>
    public int BlockWidth { get; }

    /// <summary>Rows of a strip or tile; the last strip may have fewer.</summary>
    public int BlockHeight { get; }

    public int Orientation { get; }

    public int BytesPerPixel => StoredChannels * BytesPerSample;

    public int BlocksAcross => (Width + BlockWidth - 1) / BlockWidth;

    public int BlocksDown => (int)(((long)Height + BlockHeight - 1) / BlockHeight);

    /// <summary>Rows that a block in this row of blocks holds: tiles are always whole.</summary>
    public int RowsOf(int blockRow) => IsTiled ? BlockHeight : Math.Min(BlockHeight, Height - (blockRow * BlockHeight));

    /// <summary>Bytes that a block unpacks to.</summary>
    public long BytesOf(int block) => (long)RowsOf(block / BlocksAcross) * BlockWidth * BytesPerPixel;

    /// <summary>Reads and checks.</summary>
    /// <exception cref="InvalidDataException">The picture is of a kind that is not read, goes beyond the limits, or cannot be held by the file.</exception>
    public static TiffLayout Read(TiffDirectory directory, long fileLength, DecodeLimits limits)
    {
        TiffLayout layout = new(directory);
        DecodeGuard.CheckSize("TIFF", layout.Width, layout.Height, limits);
        layout.RefuseUnreadable(directory);
        DecodeGuard.CheckSize("TIFF tile", layout.BlockWidth, layout.BlockHeight, limits);
        layout.CheckPadding(limits);
        layout.CheckBlocks(directory, fileLength);
        return layout;
    }

    private static int Dimension(TiffDirectory directory, int tag) =>
        directory.Value(tag) is > 0 and <= int.MaxValue and long value ? (int)value : throw new InvalidDataException($"The TIFF's tag {tag} (a width or height) is {directory.Value(tag)}; 1 or more expected.");

    private void RefuseUnreadable(TiffDirectory directory)
    {
        long bits = directory.ValueOr(TiffTags.BitsPerSample, 1), format = directory.ValueOr(TiffTags.SampleFormat, 1), predictor = directory.ValueOr(TiffTags.Predictor, 1);
        string? found =
            bits is not (8 or 16) ? $"{bits} bits per sample; 8 or 16"
            : format is not (1 or 2 or 4) ? $"sample format {format}; 1 (unsigned) or 2 (signed integers)"
            : format == 2 && (bits == 8 || Photometric == 2) ? $"signed samples of {bits} bits and photometric interpretation {Photometric}; signed ones with 16 bits and grey"
            : Photometric is not (0 or 1 or 2) ? $"photometric interpretation {Photometric}; 0 or 1 (grey) or 2 (RGB)"
            : StoredChannels < Channels || StoredChannels > Channels + 1 ? $"{StoredChannels} samples per pixel; {Channels}, and one more for alpha,"
            : StoredChannels > 1 && directory.ValueOr(TiffTags.PlanarConfiguration, 1) != 1 ? "channels in separate planes; interleaved ones"
            : TiffCompression.NameOf(Compression) is null ? $"compression {Compression}; none, LZW, Deflate or PackBits"
            : predictor is not (1 or 2) ? $"predictor {predictor}; 1 (none) or 2 (horizontal)"
            : BlockHeight == 0 ? "0 rows per strip; 1 or more"
            : null;
        if (found is not null)
        {
            throw new InvalidDataException($"The TIFF has {found} expected.");
        }
    }

    // A picture that is no smaller than its tiles fills a quarter of them or more. Beyond that it is a narrow one behind wide tiles, of which each may be within the limit and all together take hours.
    private void CheckPadding(DecodeLimits limits)
    {
        long across = IsTiled ? (long)BlocksAcross * BlockWidth : Width, down = IsTiled ? (long)BlocksDown * BlockHeight : Height;
        if (across * down / 4 > limits.MaxPixels)
        {
            throw new InvalidDataException($"The TIFF's tiles of {BlockWidth} x {BlockHeight} have {across} x {down} pixels in all for a picture of {Width} x {Height}; at most four times {limits.MaxPixels} are allowed.");
        }
    }

    private void CheckBlocks(TiffDirectory directory, long fileLength)
    {
        (int offsets, int counts) = IsTiled ? (TiffTags.TileOffsets, TiffTags.TileByteCounts) : (TiffTags.StripOffsets, TiffTags.StripByteCounts);
        long blocks = (long)BlocksAcross * BlocksDown;
        if (directory.CountOf(offsets) != blocks || directory.CountOf(counts) != blocks)
        {
            throw new InvalidDataException($"The TIFF lists {directory.CountOf(offsets)} offsets and {directory.CountOf(counts)} lengths of strips or tiles; {blocks} of each expected for {Width} x {Height} pixels.");
        }

        long all = 0;
        for (int i = 0; i < blocks; i++)
        {
            (long offset, long bytes) = (directory.ValueAt(offsets, i), directory.ValueAt(counts, i));
            long needed = BytesOf(i);
            if (offset + bytes > fileLength)
            {
                throw new InvalidDataException($"The TIFF's strip or tile {i} ends at byte {offset + bytes}, the file after {fileLength} bytes.");
            }

            // The sum too: blocks that share their bytes would let a tiny file be unpacked as often as it lists them.
            all += bytes;
            if (all > fileLength)
            {
                throw new InvalidDataException($"The TIFF's strips or tiles up to number {i} claim {all} bytes in all, the file has {fileLength}.");
            }

            if (needed > bytes * TiffCompression.MostBytesPerByte(Compression))
            {
                throw new InvalidDataException($"The TIFF's strip or tile {i} holds {bytes} bytes ({TiffCompression.NameOf(Compression)}), which cannot be the {needed} that its size asks for.");
            }
        }
    }
}
