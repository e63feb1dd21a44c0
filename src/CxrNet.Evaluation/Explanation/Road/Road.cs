namespace CxrNet.Evaluation;

/// <summary>Remove and debias: Y. Rong et al., ICML 2022 (arXiv 2202.00449).</summary>
/// <remarks>Pixels go by rank, equal ones in row-major order, so that a percentile removes the same share of every map: by value, a rectified map that is 0 over most of the image would lose most of it at any percentile. Only the order of the map matters, not its scale.</remarks>
public static class Road
{
    /// <summary>Removes the most, and the least, relevant pixels and scores what is left.</summary>
    /// <param name="score">Of the finding that the map explains.</param>
    /// <param name="image">The image that the map explains.</param>
    /// <param name="map">One value per pixel of the image, row-major.</param>
    /// <param name="options">Percentiles and noise; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The map has another size than the image, or holds NaN; or the options name no percentile, or one outside 0 … 100.</exception>
    public static RoadResult Of(ImageScore score, GrayImage image, ReadOnlySpan<float> map, RoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        MapGuard.Check(map, image);
        options ??= new RoadOptions();
        options.Validate();
        List<GrayImage> images = [image];
        images.AddRange(Removed(image, map, options, cancellationToken));

        // Negated, which costs no digit: 1 - value would make all small values one.
        images.AddRange(Removed(image, Array.ConvertAll(map.ToArray(), static v => -v), options, cancellationToken));
        IReadOnlyList<double> scores = score(images, cancellationToken);
        int count = options.Percentiles.Count;
        return new RoadResult(
            options.Percentiles,
            [.. scores.Skip(1).Take(count).Select(s => s - scores[0])],
            [.. scores.Skip(1 + count).Select(s => s - scores[0])]);
    }

    /// <summary>The pixels that are removed at a percentile: the highest by rank, as many as the percentile says.</summary>
    /// <param name="map">One value per pixel.</param>
    /// <param name="percentile">0 … 100: of n pixels <c>n - ceil((n - 1) percentile / 100)</c> are removed, those from that percentile on where no two values are equal.</param>
    /// <returns>One value per pixel, row-major.</returns>
    /// <exception cref="ArgumentException">The percentile is none, or the map holds NaN.</exception>
    public static bool[] RemovedAt(ReadOnlySpan<float> map, double percentile)
    {
        Guard.NoNaN(map, nameof(map));
        RoadOptions.CheckPercentile(percentile);
        return Mark(MapGuard.Descending(map), percentile);
    }

    private static IEnumerable<GrayImage> Removed(GrayImage image, ReadOnlySpan<float> map, RoadOptions options, CancellationToken cancellationToken)
    {
        int[] order = MapGuard.Descending(map);
        return options.Percentiles.Select(percentile => RoadImputation.Fill(image, Mark(order, percentile), options.Noise, options.Seed, cancellationToken));
    }

    private static bool[] Mark(int[] order, double percentile)
    {
        bool[] removed = new bool[order.Length];
        int count = order.Length - (int)Math.Ceiling((order.Length - 1) * percentile / 100);
        foreach (int pixel in order.AsSpan(0, Math.Min(count, order.Length)))
        {
            removed[pixel] = true;
        }

        return removed;
    }
}
