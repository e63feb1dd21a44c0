using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Logits to probabilities.</summary>
public static class FindingScores
{
    /// <summary>Softmax <c>exp(z_i / T - m) / sum_j exp(z_j / T - m)</c>, m the greatest z / T, so that no logit overflows; or sigmoid <c>1 / (1 + exp(-z_i / T))</c>.</summary>
    /// <param name="logits">One logit per finding.</param>
    /// <param name="activation">Which of the two.</param>
    /// <param name="temperature">T, above 0; 1 where the model is not calibrated.</param>
    /// <param name="probabilities">Receives as many values.</param>
    public static void Compute(ReadOnlySpan<float> logits, FindingActivation activation, float temperature, Span<float> probabilities)
    {
        if (logits.IsEmpty)
        {
            return;
        }

        probabilities = probabilities[..logits.Length];
        TensorPrimitives.Divide(logits, temperature, probabilities);
        if (activation == FindingActivation.Sigmoid)
        {
            TensorPrimitives.Sigmoid(probabilities, probabilities);
            return;
        }

        TensorPrimitives.Subtract(probabilities, TensorPrimitives.Max<float>(probabilities), probabilities);
        TensorPrimitives.Exp(probabilities, probabilities);
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<float>(probabilities), probabilities);
    }
}
