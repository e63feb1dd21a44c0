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

    private FilterTaps(int length, int most)
    {
        Length = length;
        Stride = (most + Padding - 1) / Padding * Padding;
        _starts = ArrayPool<int>.Shared.Rent(2 * length);
        _weights = ArrayPool<float>.Shared.Rent(length * Stride);
        _weights.AsSpan(0, length * Stride).Clear();
    }

    /// <summary>Output positions.</summary>
    public int Length { get; }

    /// <summary>Floats between the weights of two neighbouring outputs.</summary>
    public int Stride { get; }

    /// <summary>The first source position of each output.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    /// <summary>The weights of one output, without the padding.</summary>
    public ReadOnlySpan<float> WeightsOf(int output) => _weights.AsSpan(output * Stride, _starts[Length + output]);

    /// <summary>Computes the taps of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="source">Source positions of the axis.</param>
    /// <param name="destination">Output positions of the axis.</param>
    /// <param name="enlarging">For <see cref="ResizeFilter.Area"/>: whether any axis is enlarged.</param>
    public static FilterTaps Create(ResizeFilter filter, int source, int destination, bool enlarging) => Create(filter, source, destination, enlarging, 0, destination);

    /// <summary>The same for a part of the output positions.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="source">Source positions of the axis.</param>
    /// <param name="destination">Output positions of the axis.</param>
    /// <param name="enlarging">For <see cref="ResizeFilter.Area"/>: whether any axis is enlarged.</param>
    /// <param name="first">The first output position that is wanted.</param>
    /// <param name="wanted">How many from there on.</param>
    public static FilterTaps Create(ResizeFilter filter, int source, int destination, bool enlarging, int first, int wanted)
    {
        int most = TapWindow.MostTaps(filter, source, destination);
        FilterTaps taps = new(wanted, most);
        double[] window = ArrayPool<double>.Shared.Rent(most);
        for (int i = 0; i < wanted; i++)
        {
            (int start, int count) = TapWindow.Compute(filter, source, destination, enlarging, first + i, window);
            taps.Set(i, start, window.AsSpan(0, count));
        }

        ArrayPool<double>.Shared.Return(window);
        return taps;
    }

    /// <summary>Computes the taps of scikit-image's resize: see <see cref="ScikitImageTaps"/>.</summary>
    public static FilterTaps CreateScikitImage(int source, int destination, bool mirror)
    {
        int support = (2 * ScikitImageTaps.Radius(source, destination)) + 1;
        FilterTaps taps = new(destination, Math.Min(source, support + 1));
        double[] rented = ArrayPool<double>.Shared.Rent((2 * support) + 1);
        Span<double> gaussian = rented.AsSpan(0, support), window = rented.AsSpan(support, support + 1);
        ScikitImageTaps.FillGaussian(source, destination, gaussian);
        for (int i = 0; i < destination; i++)
        {
            (int start, int count) = ScikitImageTaps.Compute(source, destination, mirror, gaussian, i, window);
            taps.Set(i, start, window[..count]);
        }

        ArrayPool<double>.Shared.Return(rented);
        return taps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<float>.Shared.Return(_weights);
    }

    private void Set(int output, int start, ReadOnlySpan<double> window)
    {
        _starts[output] = start;
        _starts[Length + output] = window.Length;
        Span<float> weights = _weights.AsSpan(output * Stride, window.Length);
        for (int k = 0; k < window.Length; k++)
        {
            weights[k] = (float)window[k];
        }
    }
}
