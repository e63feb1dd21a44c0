namespace CxrNet.Evaluation;

/// <summary>A case that was called wrong, the surest first.</summary>
/// <param name="Row">Its row in the table.</param>
/// <param name="Truth">What it is.</param>
/// <param name="Predicted">What it was called.</param>
/// <param name="Confidence">The probability of what it was called.</param>
public sealed record WorstError(int Row, string Truth, string Predicted, double Confidence)
{
    /// <summary>The file's name, as the report shows it; empty where it is not to be shown.</summary>
    public string File { get; init; } = "";

    /// <summary>A small picture of it as PNG bytes; empty where there is none. It ends up inside the report, so keep the report where the images may be kept.</summary>
    public ReadOnlyMemory<byte> Thumbnail { get; init; }

    /// <summary>Finds the errors that were made with the highest confidence.</summary>
    /// <param name="probabilities">One row per case.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="count">At most this many.</param>
    public static IReadOnlyList<WorstError> Of(ScoreTable probabilities, IReadOnlyList<int> truth, int count = 24)
    {
        Labels.Check(probabilities, truth);
        int[] top = probabilities.ArgMax();
        return [.. Enumerable.Range(0, truth.Count)
            .Where(i => top[i] != truth[i])
            .Select(i => new WorstError(i, probabilities.Names[truth[i]], probabilities.Names[top[i]], probabilities.Row(i)[top[i]]))
            .OrderByDescending(e => e.Confidence)
            .Take(count)];
    }
}
