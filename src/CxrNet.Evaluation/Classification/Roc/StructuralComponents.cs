namespace CxrNet.Evaluation;

/// <summary>What each case adds to a ROC area; see <see cref="DeLong"/>.</summary>
internal sealed record StructuralComponents(double Area, double[] OfPositives, double[] OfNegatives)
{
    public static StructuralComponents From(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        Guard.SameLength(scores.Length, positive.Length, nameof(positive));
        Guard.NoNaN(scores, nameof(scores));
        List<double> positives = [];
        List<double> negatives = [];
        for (int i = 0; i < scores.Length; i++)
        {
            (positive[i] ? positives : negatives).Add(scores[i]);
        }

        double[] all = Ranking.AverageRanks([.. positives, .. negatives]);
        double[] upper = Ranking.AverageRanks([.. positives]);
        double[] lower = Ranking.AverageRanks([.. negatives]);
        for (int i = 0; i < upper.Length; i++)
        {
            upper[i] = (all[i] - upper[i]) / lower.Length;
        }

        for (int j = 0; j < lower.Length; j++)
        {
            lower[j] = 1 - ((all[upper.Length + j] - lower[j]) / upper.Length);
        }

        double area = upper.Length == 0 || lower.Length == 0 ? double.NaN : upper.Average();
        return new StructuralComponents(area, upper, lower);
    }

    public double Covariance(StructuralComponents other) =>
        (Sample(OfPositives, other.OfPositives) / OfPositives.Length) + (Sample(OfNegatives, other.OfNegatives) / OfNegatives.Length);

    private static double Sample(double[] a, double[] b)
    {
        if (a.Length < 2)
        {
            return double.NaN;
        }

        double meanA = a.Average();
        double meanB = b.Average();
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }

        return sum / (a.Length - 1);
    }
}
