namespace CxrNet;

/// <summary>The windows of scikit-image's <c>transform.resize</c>: a Gaussian of sigma (scale - 1) / 2 where the axis shrinks, cut at 4 sigma, then linear interpolation between its results.</summary>
/// <remarks>Both steps are linear, so they are one set of weights. With a constant outside, the weight that falls outside is missing from the sum: the caller adds it times the constant.</remarks>
internal static class ScikitImageTaps
{
    /// <summary>How far the Gaussian reaches on each side.</summary>
    public static int Radius(int source, int destination) => (int)((4 * Sigma(source, destination)) + 0.5);

    /// <summary>Computes the Gaussian's 2 x radius + 1 weights, which sum to 1.</summary>
    public static void FillGaussian(int source, int destination, Span<double> gaussian)
    {
        double sigma = Sigma(source, destination), sum = 0;
        int radius = gaussian.Length / 2;
        for (int k = 0; k < gaussian.Length; k++)
        {
            int distance = k - radius;
            gaussian[k] = sigma == 0 ? 1 : Math.Exp(-0.5 * distance * distance / (sigma * sigma));
            sum += gaussian[k];
        }

        for (int k = 0; k < gaussian.Length; k++)
        {
            gaussian[k] /= sum;
        }
    }

    /// <summary>Computes one window.</summary>
    /// <param name="source">Source positions of the axis.</param>
    /// <param name="destination">Output positions of the axis.</param>
    /// <param name="mirror">Whether the image is mirrored at its border (the border pixel is not repeated), or constant outside.</param>
    /// <param name="gaussian">What <see cref="FillGaussian"/> computed.</param>
    /// <param name="output">The output position.</param>
    /// <param name="window">Receives the weights: one more than the Gaussian has at most.</param>
    public static (int Start, int Count) Compute(int source, int destination, bool mirror, ReadOnlySpan<double> gaussian, int output, Span<double> window)
    {
        double position = ((output + 0.5) * source / destination) - 0.5;
        int left = (int)Math.Floor(position), radius = gaussian.Length / 2, last = source - 1;
        double part = position - left;
        int start = left - radius, end = left + 1 + radius;
        if (mirror)
        {
            (start, end) = (Math.Min(start, (2 * last) - end), Math.Max(end, -start));
        }

        start = Math.Clamp(start, 0, last);
        window = window[..(Math.Clamp(end, 0, last) - start + 1)];
        window.Clear();
        Spread(left, 1 - part, gaussian, source, mirror, start, window);
        Spread(left + 1, part, gaussian, source, mirror, start, window);
        return (start, window.Length);
    }

    private static void Spread(int center, double weight, ReadOnlySpan<double> gaussian, int source, bool mirror, int start, Span<double> window)
    {
        // Interpolation comes after the Gaussian: a neighbour outside is the constant itself, unfiltered.
        if (!mirror && (center < 0 || center >= source))
        {
            return;
        }

        int radius = gaussian.Length / 2;
        center = mirror ? Mirrored(center, source) : center;
        for (int k = 0; k < gaussian.Length; k++)
        {
            int at = center + k - radius;
            at = mirror ? Mirrored(at, source) : at;
            if (at >= 0 && at < source)
            {
                window[at - start] += weight * gaussian[k];
            }
        }
    }

    private static double Sigma(int source, int destination) => Math.Max(0, (((double)source / destination) - 1) / 2);

    private static int Mirrored(int position, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        int period = 2 * (length - 1);
        int within = ((position % period) + period) % period;
        return within < length ? within : period - within;
    }
}
