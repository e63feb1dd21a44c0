using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>The least and greatest value of an activation over all calibration images, then how its values are distributed between them.</summary>
/// <remarks>Exact zeros are not counted: they are represented exactly whatever the range, and after a ReLU they would outweigh everything else.</remarks>
internal sealed class ValueHistogram
{
    private const int Bins = 2048;

    private float _low, _perValue;

    /// <summary>Least value, 0 or less.</summary>
    public float Minimum { get; private set; }

    /// <summary>Greatest value, 0 or more.</summary>
    public float Maximum { get; private set; }

    /// <summary>Values per bin; empty before <see cref="Begin"/>.</summary>
    public long[] Counts { get; private set; } = [];

    /// <summary>Whether magnitudes are counted in place of values.</summary>
    public bool OfMagnitudes { get; private set; }

    /// <summary>The width of a bin.</summary>
    public float Width => 1 / _perValue;

    /// <summary>Takes the range of values in; false where one of them is no finite number.</summary>
    public bool Observe(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return true;
        }

        // NaN wins both.
        float least = TensorPrimitives.Min(values), greatest = TensorPrimitives.Max(values);
        Minimum = Math.Min(Minimum, least);
        Maximum = Math.Max(Maximum, greatest);
        return float.IsFinite(least) && float.IsFinite(greatest);
    }

    /// <summary>Ends the search for the range.</summary>
    public void Begin(bool magnitudes)
    {
        OfMagnitudes = magnitudes;
        Counts = new long[Bins];
        _low = magnitudes ? 0 : Minimum;
        float high = magnitudes ? Math.Max(-Minimum, Maximum) : Maximum;
        _perValue = high > _low ? Bins / (high - _low) : 1;
    }

    /// <summary>Counts values.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        long[] counts = Counts;
        foreach (float value in values)
        {
            if (value != 0)
            {
                int bin = (int)(((OfMagnitudes ? Math.Abs(value) : value) - _low) * _perValue);
                counts[Math.Clamp(bin, 0, Bins - 1)]++;
            }
        }
    }

    /// <summary>The value at the upper edge of a bin; of bin -1 the lower edge of the first.</summary>
    public float UpperEdge(int bin) => _low + ((bin + 1) / _perValue);
}
