using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>The mean of -log(probability of what was true), in nats, from logits so that nothing underflows.</summary>
public static class NegativeLogLikelihood
{
    /// <summary>Of softmax(logits / temperature). NaN without a row.</summary>
    /// <param name="logits">One row per case.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="temperature">Above 0; 1 by default.</param>
    public static double Softmax(ScoreTable logits, IReadOnlyList<int> truth, double temperature = 1)
    {
        Labels.Check(logits, truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        double sum = 0;
        for (int i = 0; i < truth.Count; i++)
        {
            ReadOnlySpan<double> row = logits.Row(i);
            double max = TensorPrimitives.Max(row);
            double partition = 0;
            foreach (double logit in row)
            {
                partition += Math.Exp((logit - max) / temperature);
            }

            sum += Math.Log(partition) - ((row[truth[i]] - max) / temperature);
        }

        return Ratio.OrNaN(sum, truth.Count);
    }

    /// <summary>Of sigmoid(logits / temperature), the mean over all cells. NaN without a row.</summary>
    /// <param name="logits">One row per case.</param>
    /// <param name="labels">For each row one value per column.</param>
    /// <param name="temperature">Above 0; 1 by default.</param>
    public static double Sigmoid(ScoreTable logits, IReadOnlyList<IReadOnlyList<bool>> labels, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Guard.LabelRows(logits, labels, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        double sum = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            ReadOnlySpan<double> row = logits.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                // log(1 + exp(-x)) for the sign that the label asks for, without overflow.
                double x = (labels[i][c] ? row[c] : -row[c]) / temperature;
                sum += Math.Max(-x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            }
        }

        return Ratio.OrNaN(sum, (double)labels.Count * logits.Names.Count);
    }
}
