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

    /// <summary>The score of one finding among all outputs of a model; untrained outputs take no part in the softmax.</summary>
    /// <param name="logits">One logit for each finding of the card.</param>
    /// <param name="finding">Which one.</param>
    /// <param name="card">The model's card: findings, activation, temperature.</param>
    /// <param name="score">The logit itself, or the calibrated probability.</param>
    /// <exception cref="ArgumentException">That output is not trained: it is no score of anything.</exception>
    public static float Of(ReadOnlySpan<float> logits, int finding, CxrModelCard card, ExplainedScore score)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (!card.Findings[finding].IsTrained)
        {
            throw new ArgumentException($"Output {finding} of '{card.Id}' is not trained, a finding was expected.", nameof(finding));
        }

        if (score == ExplainedScore.Logit)
        {
            return logits[finding];
        }

        Span<float> trained = logits.Length <= 256 ? stackalloc float[logits.Length] : new float[logits.Length];
        int count = 0, target = 0;
        for (int f = 0; f < logits.Length; f++)
        {
            if (card.Findings[f].IsTrained)
            {
                target = f == finding ? count : target;
                trained[count++] = logits[f];
            }
        }

        trained = trained[..count];
        Compute(trained, card.Activation, card.Temperature, trained);
        return trained[target];
    }
}
