using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>How concentrated a map is, from its absolute values. A map of zeros has no concentration: NaN.</summary>
public static class MapComplexity
{
    /// <summary>Gini index: 0 for a flat map, towards 1 for a single pixel.</summary>
    /// <remarks><c>sum((2 i - n - 1) a_i) / (n sum a)</c>, a ascending, i from 1: N. Hurley, S. Rickard, IEEE Trans. Inf. Theory 55 (2009) 4723; for maps P. Chalasani et al., ICML 2020.</remarks>
    /// <param name="map">Any values.</param>
    /// <param name="epsilon">Added to every absolute value; 0 by default, 1e-7 in Quantus.</param>
    public static double Gini(ReadOnlySpan<float> map, double epsilon = 0)
    {
        double[] values = Absolute(map);
        Array.Sort(values);
        TensorPrimitives.Add(values, epsilon, values);
        double weighted = 0;
        for (int i = 0; i < values.Length; i++)
        {
            weighted += ((2.0 * (i + 1)) - values.Length - 1) * values[i];
        }

        return Ratio.OrNaN(weighted, values.Length * TensorPrimitives.Sum<double>(values));
    }

    /// <summary>Entropy in nats of |map| / sum |map|: 0 for a single pixel, log n for a flat map.</summary>
    /// <remarks>U. Bhatt et al., IJCAI 2020 (arXiv 2005.00631).</remarks>
    /// <param name="map">Any values.</param>
    public static double Entropy(ReadOnlySpan<float> map)
    {
        double[] values = Absolute(map);
        double sum = TensorPrimitives.Sum<double>(values);
        if (sum == 0)
        {
            return double.NaN;
        }

        double entropy = 0;
        foreach (double value in values)
        {
            double share = value / sum;
            entropy -= share == 0 ? 0 : share * Math.Log(share);
        }

        return entropy;
    }

    /// <summary>How many pixels' absolute value is above a limit: A.-p. Nguyen, M. R. Martínez, arXiv 2007.07584.</summary>
    /// <param name="map">Any values.</param>
    /// <param name="limit">In the map's own unit.</param>
    public static int Effective(ReadOnlySpan<float> map, double limit) => Absolute(map).Count(v => v > limit);

    /// <summary>The mean absolute value.</summary>
    /// <param name="map">Any values.</param>
    public static double MeanAbsolute(ReadOnlySpan<float> map) => Ratio.OrNaN(TensorPrimitives.Sum<double>(Absolute(map)), map.Length);

    private static double[] Absolute(ReadOnlySpan<float> map)
    {
        Guard.NoNaN(map, nameof(map));
        double[] values = new double[map.Length];
        TensorPrimitives.ConvertChecked(map, values.AsSpan());
        TensorPrimitives.Abs(values, values);
        return values;
    }
}
