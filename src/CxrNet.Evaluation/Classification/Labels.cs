namespace CxrNet.Evaluation;

/// <summary>Turns class indices into what the binary figures take.</summary>
internal static class Labels
{
    public static bool[] OneVersusRest(IReadOnlyList<int> truth, int index)
    {
        bool[] positive = new bool[truth.Count];
        for (int i = 0; i < positive.Length; i++)
        {
            positive[i] = truth[i] == index;
        }

        return positive;
    }

    public static void Check(ScoreTable table, IReadOnlyList<int> truth)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(truth);
        Guard.SameLength(table.Count, truth.Count, nameof(truth));
        for (int i = 0; i < truth.Count; i++)
        {
            Guard.ClassIndex(truth[i], table.Names.Count, i, nameof(truth));
        }
    }
}
