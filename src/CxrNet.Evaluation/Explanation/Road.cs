namespace CxrNet.Evaluation;

/// <summary>Remove and debias: Y. Rong et al., ICML 2022 (arXiv 2202.00449).</summary>
public static class Road
{
    /// <summary>Removes the most, and the least, relevant pixels and scores what is left.</summary>
    /// <param name="score">Of the finding that the map explains.</param>
    /// <param name="image">The image that the map explains.</param>
    /// <param name="map">One value per pixel of the image, row-major.</param>
    /// <param name="options">Percentiles and noise; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The map has another size than the image, or holds NaN.</exception>
    public static RoadResult Of(ImageScore score, GrayImage image, ReadOnlySpan<float> map, RoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        MapGuard.Check(map, image);
        options ??= new RoadOptions();
        float[] reversed = new float[map.Length];
        for (int i = 0; i < reversed.Length; i++)
        {
            reversed[i] = 1 - map[i];
        }

        List<GrayImage> images = [image];
        images.AddRange(Removed(image, map, options));
        images.AddRange(Removed(image, reversed, options));
        IReadOnlyList<double> scores = score(images, cancellationToken);
        int count = options.Percentiles.Count;
        return new RoadResult(
            options.Percentiles,
            [.. scores.Skip(1).Take(count).Select(s => s - scores[0])],
            [.. scores.Skip(1 + count).Select(s => s - scores[0])]);
    }

    /// <summary>The pixels that stay at a percentile are those below it; all others are removed.</summary>
    /// <param name="map">One value per pixel.</param>
    /// <param name="percentile">0 … 100; with linear interpolation between the map's values.</param>
    public static bool[] RemovedAt(ReadOnlySpan<float> map, double percentile)
    {
        double[] sorted = new double[map.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked(map, sorted.AsSpan());
        Array.Sort(sorted);
        double threshold = Percentile.OfSorted(sorted, percentile / 100);
        bool[] removed = new bool[map.Length];
        for (int i = 0; i < removed.Length; i++)
        {
            removed[i] = map[i] >= threshold;
        }

        return removed;
    }

    private static List<GrayImage> Removed(GrayImage image, ReadOnlySpan<float> map, RoadOptions options)
    {
        List<GrayImage> images = [];
        foreach (double percentile in options.Percentiles)
        {
            images.Add(RoadImputation.Fill(image, RemovedAt(map, percentile), options.Noise, options.Seed));
        }

        return images;
    }
}
