namespace CxrNet;

/// <summary>Which source positions one output reads, and with what weights, in double precision: the definitions of the filters.</summary>
internal static class TapWindow
{
    /// <summary>The most positions that an output reads.</summary>
    public static int MostTaps(ResizeFilter filter, int source, int destination)
    {
        double scale = (double)source / destination;
        return filter switch
        {
            ResizeFilter.Area => (int)Math.Ceiling(scale) + 2,
            ResizeFilter.BicubicNoAntialias => 4,
            _ => (2 * (int)Math.Ceiling(FilterKernel.Support(filter) * Widening(filter, scale))) + 1,
        };
    }

    /// <summary>Computes one window.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="source">Source positions of the axis.</param>
    /// <param name="destination">Output positions of the axis.</param>
    /// <param name="enlarging">For <see cref="ResizeFilter.Area"/>: whether any axis is enlarged.</param>
    /// <param name="output">The output position.</param>
    /// <param name="window">Receives the weights, which sum to 1.</param>
    /// <returns>The first source position, and how many there are.</returns>
    public static (int Start, int Count) Compute(ResizeFilter filter, int source, int destination, bool enlarging, int output, Span<double> window) => filter switch
    {
        ResizeFilter.Area when enlarging => AreaEnlarging(source, destination, output, window),
        ResizeFilter.Area => Area(source, destination, output, window),
        ResizeFilter.BicubicNoAntialias => Interpolating(source, destination, output, window),
        _ => Convolving(filter, source, destination, output, window),
    };

    // PIL's precompute_coeffs, with its order of operations: 22-bit coefficients are exact only if the last bit of the double is.
    private static (int Start, int Count) Convolving(ResizeFilter filter, int source, int destination, int output, Span<double> window)
    {
        double scale = (double)source / destination, widening = Widening(filter, scale);
        double support = FilterKernel.Support(filter) * widening, narrowing = 1 / widening;
        double center = (output + 0.5) * scale;
        int start = Math.Max(0, (int)(center - support + 0.5));
        int count = Math.Min(source, (int)(center + support + 0.5)) - start;
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            window[k] = FilterKernel.Weight(filter, (k + start - center + 0.5) * narrowing);
            sum += window[k];
        }

        for (int k = 0; k < count; k++)
        {
            window[k] /= sum;
        }

        return (start, count);
    }

    // Four neighbours; what would lie outside is the border pixel again, so its weight goes there.
    private static (int Start, int Count) Interpolating(int source, int destination, int output, Span<double> window)
    {
        double position = ((output + 0.5) * source / destination) - 0.5;
        int first = (int)Math.Floor(position) - 1;
        int start = Math.Clamp(first, 0, source - 1), end = Math.Clamp(first + 3, 0, source - 1);
        window[..(end - start + 1)].Clear();
        for (int k = first; k < first + 4; k++)
        {
            window[Math.Clamp(k, start, end) - start] += FilterKernel.Cubic(Math.Abs(k - position), -0.75);
        }

        return (start, end - start + 1);
    }

    // Each source pixel counts with the share of it that the output pixel covers.
    private static (int Start, int Count) Area(int source, int destination, int output, Span<double> window)
    {
        double scale = (double)source / destination, from = output * scale, to = Math.Min(from + scale, source);
        int start = Math.Min((int)from, source - 1), count = Math.Min((int)Math.Ceiling(to), source) - start;
        for (int k = 0; k < count; k++)
        {
            window[k] = Math.Max(0, Math.Min(to, start + k + 1) - Math.Max(from, start + k)) / (to - from);
        }

        return (start, count);
    }

    // OpenCV's rule for both axes as soon as one is enlarged: two neighbours, mixed only where an output pixel straddles their border.
    private static (int Start, int Count) AreaEnlarging(int source, int destination, int output, Span<double> window)
    {
        double scale = (double)source / destination;
        int start = Math.Min((int)Math.Floor(output * scale), source - 1);
        double part = output + 1 - ((start + 1) / scale);
        part = part <= 0 ? 0 : part - Math.Floor(part);
        if (start == source - 1)
        {
            window[0] = 1;
            return (start, 1);
        }

        window[0] = 1 - part;
        window[1] = part;
        return (start, 2);
    }

    private static double Widening(ResizeFilter filter, double scale) => filter == ResizeFilter.BilinearNoAntialias ? 1 : Math.Max(scale, 1);
}
