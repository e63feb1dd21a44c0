using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>One output row from one source row.</summary>
internal static class HorizontalPass
{
    // Below this many taps a plain loop beats the set-up of a vector dot product.
    private const int FewTaps = 8;

    /// <summary><c>destination[i] = sum_k weights_i[k] * source[start_i + k]</c></summary>
    public static void Apply(ReadOnlySpan<float> source, in FilterTaps taps, Span<float> destination)
    {
        ReadOnlySpan<int> starts = taps.Starts;
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<float> weights = taps.WeightsOf(i);
            ReadOnlySpan<float> window = source.Slice(starts[i], weights.Length);
            if (weights.Length >= FewTaps)
            {
                destination[i] = TensorPrimitives.Dot(weights, window);
                continue;
            }

            float sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * window[k];
            }

            destination[i] = sum;
        }
    }
}
