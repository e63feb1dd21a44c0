namespace CxrNet.Evaluation;

/// <summary>Scores in descending order, equal ones together: what every threshold-free figure walks over.</summary>
internal static class Ranking
{
    /// <summary>For each distinct score, from the highest down: it, and how many positives and negatives reach it.</summary>
    public static List<RankedStep> Descend(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        Guard.SameLength(scores.Length, positive.Length, nameof(positive));
        Guard.NoNaN(scores, nameof(scores));
        double[] sorted = scores.ToArray();
        bool[] labels = positive.ToArray();
        Array.Sort(sorted, labels);
        List<RankedStep> steps = [];
        long positives = 0;
        long negatives = 0;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            positives += labels[i] ? 1 : 0;
            negatives += labels[i] ? 0 : 1;
            if (i == 0 || sorted[i - 1] != sorted[i])
            {
                steps.Add(new RankedStep(sorted[i], positives, negatives));
            }
        }

        return steps;
    }

    /// <summary>Ranks from 1 in ascending order; equal values share the mean of their ranks.</summary>
    public static double[] AverageRanks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
