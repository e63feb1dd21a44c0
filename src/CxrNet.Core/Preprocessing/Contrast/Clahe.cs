using System.Buffers;
using System.Numerics;

namespace CxrNet;

/// <summary>Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) with the numbers of OpenCV's <c>createCLAHE</c>.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class Clahe
{
    /// <summary>Equalises an 8-bit plane.</summary>
    /// <param name="source">width x height samples, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives as many samples; must not overlap the source.</param>
    /// <param name="options">Clip limit and tiles; <see cref="ClaheOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions, or an option is out of range.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, ClaheOptions? options) =>
        Apply(source, width, height, destination, 256, options ?? ClaheOptions.Default);

    /// <summary>Equalises a 16-bit plane, with a bin for each of 65,536 values.</summary>
    /// <param name="source">width x height samples, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives as many samples; must not overlap the source.</param>
    /// <param name="options">Clip limit and tiles; <see cref="ClaheOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions, or an option is out of range.</exception>
    public static void Apply(ReadOnlySpan<ushort> source, int width, int height, Span<ushort> destination, ClaheOptions? options) =>
        Apply(source, width, height, destination, 65536, options ?? ClaheOptions.Default);

    private static void Apply<T>(ReadOnlySpan<T> source, int width, int height, Span<T> destination, int bins, ClaheOptions options)
        where T : unmanaged, IBinaryInteger<T>
    {
        PlaneGuard.Check(source.Length, width, height, nameof(source));
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ClipLimit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TilesX);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TilesY);

        // OpenCV pads both axes as soon as one is not divisible, so a divisible axis then grows by a whole row of tiles' pixels.
        bool divisible = width % options.TilesX == 0 && height % options.TilesY == 0;
        int tileWidth = divisible ? width / options.TilesX : (width / options.TilesX) + 1;
        int tileHeight = divisible ? height / options.TilesY : (height / options.TilesY) + 1;
        int[] histogram = ArrayPool<int>.Shared.Rent(bins);
        T[] tables = ArrayPool<T>.Shared.Rent(checked(options.TilesX * options.TilesY * bins));
        int clip = Math.Max(1, (int)(options.ClipLimit * tileWidth * tileHeight / bins));
        for (int tile = 0; tile < options.TilesX * options.TilesY; tile++)
        {
            int left = tile % options.TilesX * tileWidth, top = tile / options.TilesX * tileHeight;
            Count(source, width, height, new PixelRegion(left, top, tileWidth, tileHeight), histogram.AsSpan(0, bins));
            Clip(histogram.AsSpan(0, bins), clip);
            Accumulate(histogram.AsSpan(0, bins), tileWidth * tileHeight, tables.AsSpan(tile * bins, bins));
        }

        Interpolate(source, width, height, tables, bins, tileWidth, tileHeight, options, destination);
        ArrayPool<T>.Shared.Return(tables);
        ArrayPool<int>.Shared.Return(histogram);
    }

    private static void Count<T>(ReadOnlySpan<T> source, int width, int height, PixelRegion tile, Span<int> histogram)
        where T : unmanaged, IBinaryInteger<T>
    {
        histogram.Clear();
        for (int y = tile.Y; y < tile.Y + tile.Height; y++)
        {
            ReadOnlySpan<T> row = source.Slice(Reflected(y, height) * width, width);
            for (int x = tile.X; x < tile.X + tile.Width; x++)
            {
                histogram[int.CreateTruncating(row[Reflected(x, width)])]++;
            }
        }
    }

    // BORDER_REFLECT_101: the border pixel is not repeated.
    private static int Reflected(int position, int length)
    {
        while (position >= length)
        {
            position = length == 1 ? 0 : Math.Abs((2 * (length - 1)) - position);
        }

        return position;
    }

    // What is above the limit is dealt out evenly, and the remainder with a stride.
    private static void Clip(Span<int> histogram, int limit)
    {
        int excess = 0;
        foreach (ref int count in histogram)
        {
            excess += Math.Max(0, count - limit);
            count = Math.Min(count, limit);
        }

        int each = excess / histogram.Length, rest = excess % histogram.Length;
        foreach (ref int count in histogram)
        {
            count += each;
        }

        int step = rest == 0 ? 1 : Math.Max(histogram.Length / rest, 1);
        for (int i = 0; i < histogram.Length && rest > 0; i += step, rest--)
        {
            histogram[i]++;
        }
    }

    private static void Accumulate<T>(ReadOnlySpan<int> histogram, int pixels, Span<T> table)
        where T : unmanaged, IBinaryInteger<T>
    {
        float scale = (histogram.Length - 1) / (float)pixels;
        int sum = 0;
        for (int i = 0; i < table.Length; i++)
        {
            sum += histogram[i];
            table[i] = T.CreateSaturating(MathF.Round(sum * scale));
        }
    }

    private static void Interpolate<T>(ReadOnlySpan<T> source, int width, int height, ReadOnlySpan<T> tables, int bins, int tileWidth, int tileHeight, ClaheOptions options, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, float down) = Neighbours(y, tileHeight, options.TilesY);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, float across) = Neighbours(x, tileWidth, options.TilesX);
                int value = int.CreateTruncating(source[(y * width) + x]);
                float upper = (Level(tables, bins, options.TilesX, top, left, value) * (1 - across)) + (Level(tables, bins, options.TilesX, top, right, value) * across);
                float lower = (Level(tables, bins, options.TilesX, bottom, left, value) * (1 - across)) + (Level(tables, bins, options.TilesX, bottom, right, value) * across);
                destination[(y * width) + x] = T.CreateSaturating(MathF.Round((upper * (1 - down)) + (lower * down)));
            }
        }
    }

    private static (int First, int Second, float Part) Neighbours(int position, int tile, int tiles)
    {
        float at = (position * (1f / tile)) - 0.5f;
        int first = (int)MathF.Floor(at);
        return (Math.Max(first, 0), Math.Min(first + 1, tiles - 1), at - first);
    }

    private static float Level<T>(ReadOnlySpan<T> tables, int bins, int tilesX, int tileY, int tileX, int value)
        where T : unmanaged, IBinaryInteger<T> => float.CreateTruncating(tables[(((tileY * tilesX) + tileX) * bins) + value]);
}
