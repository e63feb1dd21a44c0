using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>CLAHE with the numbers of scikit-image's <c>equalize_adapthist</c>: square tiles of a stated size, 256 bins, a clip limit as a share of the tile. Another scale than OpenCV's <see cref="Clahe"/>.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class ScikitImageClahe
{
    private const int Levels = 1 << 14;
    private const int Bins = 256;

    // 1 + 16384 / 256, as scikit-image has it: only 253 bins are ever used.
    private const int LevelsPerBin = 1 + (Levels / Bins);

    /// <summary>Equalises a plane.</summary>
    /// <param name="source">width x height values, row-major, of any range.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="tile">Side of a tile in pixels, not greater than the plane.</param>
    /// <param name="clipLimit">The share of a tile's pixels that one bin may have, 0 … 1; scikit-image's own default is 0.01.</param>
    /// <param name="destination">Receives as many values, 0 … 1; must not overlap the source.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions, or the tile is greater than the plane.</exception>
    public static void Apply(ReadOnlySpan<float> source, int width, int height, int tile, double clipLimit, Span<float> destination)
    {
        PlaneGuard.Check(source.Length, width, height, nameof(source));
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tile, Math.Min(width, height));
        int tilesX = (width + tile - 1) / tile, tilesY = (height + tile - 1) / tile;
        byte[] bins = ArrayPool<byte>.Shared.Rent(source.Length);
        int[] maps = ArrayPool<int>.Shared.Rent(tilesX * tilesY * Bins);
        Quantize(source, bins);
        int limit = clipLimit > 0 ? (int)Math.Max(clipLimit * tile * tile, 1) : tile * tile;
        for (int i = 0; i < tilesX * tilesY; i++)
        {
            Span<int> map = maps.AsSpan(i * Bins, Bins);
            Count(bins, width, height, i % tilesX * tile, i / tilesX * tile, tile, map);
            Clip(map, limit);
            Accumulate(map, tile * tile);
        }

        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, float down) = Neighbours(y, tile, tilesY);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, float across) = Neighbours(x, tile, tilesX);
                int bin = bins[(y * width) + x];
                float value = (maps[(((top * tilesX) + left) * Bins) + bin] * (1 - down) * (1 - across))
                    + (maps[(((top * tilesX) + right) * Bins) + bin] * (1 - down) * across)
                    + (maps[(((bottom * tilesX) + left) * Bins) + bin] * down * (1 - across))
                    + (maps[(((bottom * tilesX) + right) * Bins) + bin] * down * across);
                destination[(y * width) + x] = (int)value;
            }
        }

        ArrayPool<int>.Shared.Return(maps);
        ArrayPool<byte>.Shared.Return(bins);
        Spread(destination);
    }

    private static void Quantize(ReadOnlySpan<float> source, Span<byte> bins)
    {
        float min = TensorPrimitives.Min(source), max = TensorPrimitives.Max(source);
        double scale = max > min ? (Levels - 1.0) / ((double)max - min) : 0;
        for (int i = 0; i < source.Length; i++)
        {
            bins[i] = (byte)((int)Math.Round(((double)source[i] - min) * scale) / LevelsPerBin);
        }
    }

    private static void Count(ReadOnlySpan<byte> bins, int width, int height, int left, int top, int tile, Span<int> histogram)
    {
        histogram.Clear();
        for (int y = top; y < top + tile; y++)
        {
            for (int x = left; x < left + tile; x++)
            {
                histogram[bins[(Reflected(y, height) * width) + Reflected(x, width)]]++;
            }
        }
    }

    private static int Reflected(int position, int length) => position < length ? position : (2 * (length - 1)) - position;

    // scikit-image's clip_histogram: an even share to the bins that have room for it, then single pixels dealt out with a stride.
    private static void Clip(Span<int> histogram, int limit)
    {
        int excess = 0;
        foreach (ref int count in histogram)
        {
            excess += Math.Max(0, count - limit);
            count = Math.Min(count, limit);
        }

        int share = excess / histogram.Length, room = limit - share;
        foreach (ref int count in histogram)
        {
            if (count < limit)
            {
                int grown = count < room ? count + share : limit;
                excess -= grown - count;
                count = grown;
            }
        }

        for (int before = -1; excess > 0 && excess != before;)
        {
            before = excess;
            for (int first = 0; first < histogram.Length && excess > 0; first++)
            {
                int open = 0;
                foreach (int count in histogram)
                {
                    open += count < limit ? 1 : 0;
                }

                int step = Math.Max(1, open / excess);
                for (int i = first; i < histogram.Length; i += step)
                {
                    if (histogram[i] < limit)
                    {
                        histogram[i]++;
                        excess--;
                    }
                }
            }
        }
    }

    private static void Accumulate(Span<int> histogram, int pixels)
    {
        double sum = 0;
        foreach (ref int count in histogram)
        {
            sum += count;
            count = (int)Math.Min(sum * ((Levels - 1.0) / pixels), Levels - 1);
        }
    }

    private static (int First, int Second, float Part) Neighbours(int position, int tile, int tiles)
    {
        int padded = position + (tile / 2), block = padded / tile;
        return (Math.Clamp(block - 1, 0, tiles - 1), Math.Min(block, tiles - 1), (float)(padded % tile) / tile);
    }

    private static void Spread(Span<float> plane)
    {
        float min = TensorPrimitives.Min<float>(plane), max = TensorPrimitives.Max<float>(plane);
        TensorPrimitives.Subtract(plane, min, plane);
        if (max > min)
        {
            TensorPrimitives.Divide(plane, max - min, plane);
        }
    }
}
