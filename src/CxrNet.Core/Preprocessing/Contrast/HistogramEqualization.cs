namespace CxrNet;

/// <summary>Spreads the grey levels of a plane so that each is about equally frequent. Three libraries, three results: each is here by its name.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing. In place is allowed for the 8-bit ones.</remarks>
public static class HistogramEqualization
{
    /// <summary>OpenCV's <c>equalizeHist</c>: <c>round(255 (cdf(v) - h0) / (n - h0))</c>, h0 the pixels of the darkest level that occurs.</summary>
    /// <param name="source">8-bit samples.</param>
    /// <param name="destination">Receives as many.</param>
    public static void OpenCv(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<int> histogram = stackalloc int[256];
        Count(source, histogram);
        int first = histogram.IndexOfAnyExcept(0);
        Span<byte> table = stackalloc byte[256];
        table.Clear();
        if (first >= 0 && histogram[first] == source.Length)
        {
            table[first] = (byte)first;
        }
        else if (first >= 0)
        {
            float scale = 255f / (source.Length - histogram[first]);
            int sum = 0;
            for (int i = first + 1; i < 256; i++)
            {
                sum += histogram[i];
                table[i] = (byte)Math.Clamp(MathF.Round(sum * scale), 0, 255);
            }
        }

        Look(source, table, destination);
    }

    /// <summary>PIL's <c>ImageOps.equalize</c>: whole steps of <c>(n - h1) / 255</c>, h1 the pixels of the brightest level that occurs.</summary>
    /// <param name="source">8-bit samples.</param>
    /// <param name="destination">Receives as many.</param>
    public static void Pil(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<int> histogram = stackalloc int[256];
        Count(source, histogram);
        int last = histogram.LastIndexOfAnyExcept(0);
        int step = last < 0 ? 0 : (source.Length - histogram[last]) / 255;
        Span<byte> table = stackalloc byte[256];
        int sum = step / 2;
        for (int i = 0; i < 256; i++)
        {
            table[i] = step == 0 ? (byte)i : (byte)Math.Min(sum / step, 255);
            sum += histogram[i];
        }

        Look(source, table, destination);
    }

    /// <summary>scikit-image's <c>equalize_hist</c> of an 8-bit image: <c>cdf(v) / n</c>, not rounded.</summary>
    /// <param name="source">8-bit samples.</param>
    /// <param name="destination">Receives as many grey levels 0 … 1.</param>
    public static void ScikitImage(ReadOnlySpan<byte> source, Span<float> destination)
    {
        Span<int> histogram = stackalloc int[256];
        Count(source, histogram);
        Span<float> table = stackalloc float[256];
        int sum = 0;
        for (int i = 0; i < 256; i++)
        {
            sum += histogram[i];
            table[i] = (float)((double)sum / source.Length);
        }

        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = table[source[i]];
        }
    }

    private static void Count(ReadOnlySpan<byte> source, Span<int> histogram)
    {
        histogram.Clear();
        foreach (byte value in source)
        {
            histogram[value]++;
        }
    }

    private static void Look(ReadOnlySpan<byte> source, ReadOnlySpan<byte> table, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = table[source[i]];
        }
    }
}
