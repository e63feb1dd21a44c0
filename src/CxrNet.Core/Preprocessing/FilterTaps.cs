using System.Buffers;

namespace CxrNet;

/// <summary>For each output position of one axis: which source positions it reads, and with what weights. Pooled.</summary>
/// <remarks>A row of weights is padded with zeros to a multiple of <see cref="Padding"/>, so that a dot product needs no tail.</remarks>
internal readonly struct FilterTaps : IDisposable
{
    /// <summary>The widest vector in floats.</summary>
    public const int Padding = 16;

    private readonly int[] _starts;
    private readonly float[] _weights;

    private FilterTaps(int length, int stride)
    {
        Length = length;
        Stride = stride;
        _starts = ArrayPool<int>.Shared.Rent(2 * length);
        _weights = ArrayPool<float>.Shared.Rent(length * stride);
        _weights.AsSpan(0, length * stride).Clear();
    }

    /// <summary>Output positions.</summary>
    public int Length { get; }

    /// <summary>Floats between the weights of two neighbouring outputs.</summary>
    public int Stride { get; }

    /// <summary>The first source position of each output.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    /// <summary>How many source positions each output reads.</summary>
    public ReadOnlySpan<int> Counts => _starts.AsSpan(Length, Length);

    /// <summary>The weights of one output, without the padding.</summary>
    public ReadOnlySpan<float> WeightsOf(int output) => _weights.AsSpan(output * Stride, _starts[Length + output]);

    /// <summary>The weights of one output and the zeros that follow them.</summary>
    public ReadOnlySpan<float> PaddedWeightsOf(int output) => _weights.AsSpan(output * Stride, Stride);

    /// <summary>Computes the taps of a filter with half-pixel centres, widened by the scale where the axis shrinks; each window is normalised over the pixels inside the image.</summary>
    /// <remarks>As PIL's <c>precompute_coeffs</c> and torchvision's <c>antialias=True</c> define it.</remarks>
    public static FilterTaps Create(ResizeFilter filter, int source, int destination)
    {
        double scale = (double)source / destination;
        double widening = filter == ResizeFilter.BilinearNoAntialias ? 1 : Math.Max(scale, 1);
        double support = FilterKernel.Support(filter) * widening;
        int most = Math.Min(source, (2 * (int)Math.Ceiling(support)) + 1);
        FilterTaps taps = new(destination, (most + Padding - 1) / Padding * Padding);
        Span<double> window = most <= 256 ? stackalloc double[most] : new double[most];
        for (int i = 0; i < destination; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Max(0, (int)(center - support + 0.5));
            int count = Math.Min(source, (int)(center + support + 0.5)) - start;
            double sum = 0;
            for (int k = 0; k < count; k++)
            {
                window[k] = FilterKernel.Weight(filter, (start + k - center + 0.5) / widening);
                sum += window[k];
            }

            taps.Set(i, start, window[..count], sum);
        }

        return taps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<float>.Shared.Return(_weights);
    }

    private void Set(int output, int start, ReadOnlySpan<double> window, double sum)
    {
        _starts[output] = start;
        _starts[Length + output] = window.Length;
        Span<float> weights = _weights.AsSpan(output * Stride, window.Length);
        for (int k = 0; k < window.Length; k++)
        {
            weights[k] = (float)(window[k] / sum);
        }
    }
}
