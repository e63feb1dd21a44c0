using BitMiracle.LibTiff.Classic;

namespace CxrNet.Imaging;

/// <summary>Unpacks strips and tiles by LibTiff.Net (BSD), which undoes compression, predictor, bit and byte order.</summary>
internal static class TiffPixels
{
    /// <summary>All samples as stored, in the machine's byte order.</summary>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> file, TiffDirectory directory, TiffLayout layout)
    {
        TiffMessages.Complaint complaint = new();
        try
        {
            using Tiff? tiff = TiffMessages.Open(new TiffMemory(file, HeaderFor(file.Span, directory.Offset)), complaint);
            if (tiff is null || !Agrees(tiff, layout))
            {
                throw Damaged(layout, complaint, null);
            }

            byte[] samples = new byte[layout.Width * layout.Height * layout.BytesPerPixel];
            byte[]? block = layout.IsTiled ? new byte[layout.BlockWidth * layout.BlockHeight * layout.BytesPerPixel] : null;
            for (int i = 0; i < layout.BlocksAcross * layout.BlocksDown; i++)
            {
                if (layout.Compression == TiffCompression.PackBits && TiffPackBits.LengthOf(directory.BlockAt(i, layout.IsTiled), layout.BytesOf(i)) < layout.BytesOf(i))
                {
                    throw Damaged(layout, complaint, null);
                }

                ReadBlock(tiff, layout, i, block, samples, complaint);
            }

            return samples;
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            // The library's codecs trust their data: a damaged stream ends in an index out of range or worse, and what it is says nothing to the reader of the error.
            throw Damaged(layout, complaint, e);
        }
    }

    private static void ReadBlock(Tiff tiff, TiffLayout layout, int index, byte[]? block, byte[] samples, TiffMessages.Complaint complaint)
    {
        int row = index / layout.BlocksAcross, stride = layout.Width * layout.BytesPerPixel, rows = layout.RowsOf(row), top = row * layout.BlockHeight;
        int length = (int)layout.BytesOf(index);
        int read = block is null ? tiff.ReadEncodedStrip(index, samples, top * stride, length) : tiff.ReadEncodedTile(index, block, 0, length);
        // Some codecs complain of missing data and still claim to have delivered it.
        if (read != length || complaint.Text is not null)
        {
            throw Damaged(layout, complaint, null);
        }

        if (block is null)
        {
            return;
        }

        // A tile at the right or lower edge is whole in the file and partly outside the picture.
        int left = index % layout.BlocksAcross * layout.BlockWidth * layout.BytesPerPixel, wide = layout.BlockWidth * layout.BytesPerPixel;
        for (int y = 0; y < Math.Min(rows, layout.Height - top); y++)
        {
            block.AsSpan(y * wide, Math.Min(wide, stride - left)).CopyTo(samples.AsSpan(((top + y) * stride) + left));
        }
    }

    // Its own reading of the directory must be the one that the limits were checked with.
    private static bool Agrees(Tiff tiff, TiffLayout layout) =>
        ValueOf(tiff, TiffTag.IMAGEWIDTH) == layout.Width && ValueOf(tiff, TiffTag.IMAGELENGTH) == layout.Height
        && ValueOf(tiff, TiffTag.BITSPERSAMPLE) == 8 * layout.BytesPerSample && ValueOf(tiff, TiffTag.SAMPLESPERPIXEL) == layout.StoredChannels
        && tiff.IsTiled() == layout.IsTiled && (layout.IsTiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips()) == layout.BlocksAcross * layout.BlocksDown
        && (layout.IsTiled ? tiff.TileSize() : tiff.StripSize()) == (long)layout.BlockWidth * layout.BlockHeight * layout.BytesPerPixel;

    private static int ValueOf(Tiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag) is [FieldValue value, ..] ? value.ToInt() : -1;

    private static byte[] HeaderFor(ReadOnlySpan<byte> file, uint directory)
    {
        byte[] header = file[..8].ToArray();
        if (header[0] == 'M')
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), directory);
        }
        else
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), directory);
        }

        return header;
    }

    private static InvalidDataException Damaged(TiffLayout layout, TiffMessages.Complaint complaint, Exception? cause) =>
        new($"The TIFF's {TiffCompression.NameOf(layout.Compression)} data of {layout.Width} x {layout.Height} pixels is damaged{(complaint.Text is { } text ? $" ({DecodeGuard.Printable(text)})" : "")}.", cause);
}
