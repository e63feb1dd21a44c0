namespace CxrNet.Evaluation;

/// <summary>Mean squared error of probabilities: G. W. Brier, Mon. Weather Rev. 78 (1950) 1. The lower the better.</summary>
public static class BrierScore
{
    /// <summary>Mean over the rows of the sum over the classes of <c>(p - [is the class])²</c>: 0 … 2. NaN without a row.</summary>
    /// <param name="probabilities">Rows that sum to 1.</param>
    /// <param name="truth">The class of each row.</param>
    public static double Of(ScoreTable probabilities, IReadOnlyList<int> truth)
    {
        Labels.Check(probabilities, truth);
        double sum = 0;
        for (int i = 0; i < truth.Count; i++)
        {
            ReadOnlySpan<double> row = probabilities.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                double error = row[c] - (truth[i] == c ? 1 : 0);
                sum += error * error;
            }
        }

        return Ratio.OrNaN(sum, truth.Count);
    }

    /// <summary>Mean of <c>(p - label)²</c>: 0 … 1. NaN without a case.</summary>
    /// <param name="probabilities">Of being positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    public static double Binary(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive)
    {
        Guard.SameLength(probabilities.Length, positive.Length, nameof(positive));
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double error = probabilities[i] - (positive[i] ? 1 : 0);
            sum += error * error;
        }

        return Ratio.OrNaN(sum, probabilities.Length);
    }
}
