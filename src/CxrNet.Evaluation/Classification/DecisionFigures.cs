namespace CxrNet.Evaluation;

/// <summary>What a model's own reservations are worth: how often it says that it does not know, and how often it is right where it does not say so.</summary>
public sealed record DecisionFigures
{
    /// <summary>How many images.</summary>
    public required int Count { get; init; }

    /// <summary>The share whose prediction set is not a single finding; NaN where the card has no level for that.</summary>
    public required double Undecided { get; init; }

    /// <summary>The share whose prediction set holds the truth; NaN where there are no sets.</summary>
    public required double Coverage { get; init; }

    /// <summary>The accuracy where the set is a single finding; NaN where there is none.</summary>
    public required double DecidedAccuracy { get; init; }

    /// <summary>The share whose findings were withheld; they are in no other figure but <see cref="Count"/> and <see cref="Unlike"/>.</summary>
    public double Withheld { get; init; }

    /// <summary>The share that the input guard calls unlike; NaN where the card has none.</summary>
    public required double Unlike { get; init; }

    /// <summary>For each finding its operating point in use and what it gives here.</summary>
    public required IReadOnlyDictionary<string, OperatingPoint> OperatingPoints { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="predictions">One or more, of one model.</param>
    /// <param name="labels">The name of the finding of each image.</param>
    public static DecisionFigures Of(IReadOnlyList<CxrPrediction> predictions, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfZero(predictions.Count, nameof(predictions));
        Guard.SameLength(predictions.Count, labels.Count, nameof(labels));
        int[] answered = [.. Enumerable.Range(0, labels.Count).Where(i => !predictions[i].IsWithheld)];
        int[] withSet = [.. answered.Where(i => predictions[i].PredictionSet is not null)];
        int[] decided = [.. withSet.Where(i => predictions[i].PredictionSet!.Count == 1)];
        CxrPrediction[] guarded = [.. predictions.Where(static p => p.Distance is not null)];
        return new DecisionFigures
        {
            Count = predictions.Count,
            Undecided = Ratio.OrNaN(withSet.Length - decided.Length, withSet.Length),
            Coverage = Ratio.OrNaN(withSet.Count(i => predictions[i].PredictionSet!.Contains(labels[i])), withSet.Length),
            DecidedAccuracy = Ratio.OrNaN(decided.Count(i => predictions[i].PredictionSet![0] == labels[i]), decided.Length),
            Unlike = Ratio.OrNaN(guarded.Count(static p => p.IsUnlike), guarded.Length),
            Withheld = (double)(labels.Count - answered.Length) / labels.Count,
            OperatingPoints = (answered.Length == 0 ? [] : predictions[answered[0]].Findings).Select(static (finding, f) => (finding, f)).ToDictionary(
                static x => x.finding.Name,
                x => OperatingPoint.AtThreshold([.. answered.Select(i => (double)predictions[i].Findings[x.f].Probability)], [.. answered.Select(i => labels[i] == x.finding.Name)], x.finding.Threshold)),
        };
    }
}
