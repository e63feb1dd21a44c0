namespace CxrNet.Evaluation;

/// <summary>The probabilities of one finding between which nothing should be said.</summary>
/// <remarks>Split-conformal per label (see <see cref="ConformalSets"/>): "present" and "absent" each keep their promise, so a probability is undecided where both or neither can be excluded.</remarks>
/// <param name="Low">Below it the finding is absent.</param>
/// <param name="High">From it on the finding is present.</param>
/// <param name="Alpha">The share of present (and of absent) cases that may fall on the wrong side.</param>
public readonly record struct AbstainBand(double Low, double High, double Alpha)
{
    /// <summary>Whether the band holds the probability.</summary>
    public bool Abstains(double probability) => probability >= Low && probability < High;

    /// <summary>Calibrates on held-out cases.</summary>
    /// <param name="probabilities">Of the finding.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="alpha">Above 0, below 1; 0.1 by default.</param>
    /// <returns>The overlap of the two kinds, or the gap between them where they are apart; 0 … just above 1 where there are too few cases of both.</returns>
    public static AbstainBand Calibrate(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, double alpha = 0.1)
    {
        Guard.SameLength(probabilities.Length, positive.Length, nameof(positive));
        Guard.NoNaN(probabilities, nameof(probabilities));
        Guard.Share(alpha, nameof(alpha));
        List<double> present = [];
        List<double> absent = [];
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (positive[i])
            {
                // Negated, not taken from 1, which would round the probability that sets the band.
                present.Add(-probabilities[i]);
            }
            else
            {
                absent.Add(probabilities[i]);
            }
        }

        // Present cannot be excluded from -q1 on, absent up to q0: where both hold, or neither, stay silent.
        double lowestPresent = Math.Max(0, -ConformalSets.Quantile([.. present], alpha));
        double highestAbsent = Math.BitIncrement(Math.Min(1, ConformalSets.Quantile([.. absent], alpha)));
        return new AbstainBand(Math.Min(lowestPresent, highestAbsent), Math.Max(lowestPresent, highestAbsent), alpha);
    }
}
