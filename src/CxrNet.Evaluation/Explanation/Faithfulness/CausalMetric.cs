namespace CxrNet.Evaluation;

/// <summary>Deletion and insertion: V. Petsiuk, A. Das, K. Saenko, RISE, BMVC 2018 (arXiv 1806.07421).</summary>
/// <remarks>Pixels go in descending order of the map, equal ones in row-major order.</remarks>
public static class CausalMetric
{
    /// <summary>Takes the most relevant pixels away first.</summary>
    /// <param name="score">Of the finding that the map explains.</param>
    /// <param name="image">The image that the map explains.</param>
    /// <param name="map">One value per pixel of the image, row-major.</param>
    /// <param name="options">Step and reference; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The map has another size than the image, or holds NaN.</exception>
    public static CausalCurve Deletion(ImageScore score, GrayImage image, ReadOnlySpan<float> map, CausalOptions? options = null, CancellationToken cancellationToken = default)
    {
        MapGuard.Check(map, image);
        return Draw(score, image, MapGuard.Reference(options?.Reference ?? ReferenceImages.Mean, image), map, options, cancellationToken);
    }

    /// <summary>Puts the most relevant pixels back first.</summary>
    /// <inheritdoc cref="Deletion"/>
    public static CausalCurve Insertion(ImageScore score, GrayImage image, ReadOnlySpan<float> map, CausalOptions? options = null, CancellationToken cancellationToken = default)
    {
        MapGuard.Check(map, image);
        return Draw(score, MapGuard.Reference(options?.Reference ?? ReferenceImages.RiseBlur, image), image, map, options, cancellationToken);
    }

    private static CausalCurve Draw(ImageScore score, GrayImage from, GrayImage to, ReadOnlySpan<float> map, CausalOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(score);
        options ??= new CausalOptions();
        int step = options.PixelsPerStep ?? from.Width;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize, nameof(options));
        int[] order = MapGuard.Descending(map);
        float[] current = from.Pixels.ToArray();
        List<double> scores = [];
        List<GrayImage> batch = [new GrayImage(from.Width, from.Height, [.. current], from.Info)];
        for (int done = 0; done < order.Length; done += step)
        {
            foreach (int pixel in order.AsSpan(done, Math.Min(step, order.Length - done)))
            {
                current[pixel] = to.Pixels[pixel];
            }

            if (batch.Count == options.BatchSize)
            {
                scores.AddRange(score(batch, cancellationToken));
                batch = [];
            }

            batch.Add(new GrayImage(from.Width, from.Height, [.. current], from.Info));
        }

        scores.AddRange(score(batch, cancellationToken));
        return new CausalCurve(scores, step);
    }
}
