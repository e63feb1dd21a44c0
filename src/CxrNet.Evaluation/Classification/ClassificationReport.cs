namespace CxrNet.Evaluation;

/// <summary>The figures of a single-label classifier that follow from truth and prediction alone.</summary>
/// <remarks>Immutable. Without a single case the ratios are 0 and the accuracy's interval is 0 … 1.</remarks>
public sealed record ClassificationReport
{
    /// <summary>The counts that everything else follows from.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Per class, in the order of the names.</summary>
    public required IReadOnlyList<ClassFigures> Classes { get; init; }

    /// <summary>The share of cases that were called right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Interval of the accuracy: Wilson's, or over patients; see <see cref="IsByPatient"/>.</summary>
    public required Interval AccuracyInterval { get; init; }

    /// <summary>Whether the intervals here and of the classes are from a bootstrap that draws patients, since some have several cases; Wilson's over the cases otherwise.</summary>
    public bool IsByPatient { get; init; }

    /// <summary>The mean recall of the classes that have a case.</summary>
    public required double BalancedAccuracy { get; init; }

    /// <summary>The mean F1 of all classes that are named, those without a case included.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>F1 of all cases together; equal to the accuracy where each case has one label.</summary>
    public required double MicroF1 { get; init; }

    /// <summary>The mean F1 of the classes, weighted by their support.</summary>
    public required double WeightedF1 { get; init; }

    /// <summary>Cohen's kappa.</summary>
    public required double Kappa { get; init; }

    /// <summary>Cohen's kappa with quadratic weights; of use where the classes have an order.</summary>
    public required double QuadraticKappa { get; init; }

    /// <summary>Matthews' correlation, multi-class.</summary>
    public required double MatthewsCorrelation { get; init; }

    /// <summary>How many cases there are.</summary>
    public long Count => Confusion.Total;

    /// <summary>Computes all figures.</summary>
    /// <param name="truth">The class of each case, 0 … names - 1.</param>
    /// <param name="predicted">What each case was called, 0 … names - 1, in the same order.</param>
    /// <param name="names">The classes.</param>
    /// <param name="options">The patients as clusters, where they are known; intervals are Wilson's where they are not (the default) or each has one case.</param>
    /// <param name="cancellationToken">Stops the drawing of patients.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or an index names no class.</exception>
    public static ClassificationReport From(IReadOnlyList<int> truth, IReadOnlyList<int> predicted, IReadOnlyList<string> names, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ClassificationReport report = FromMatrix(ConfusionMatrix.From(truth, predicted, names), options?.Confidence ?? 0.95);
        Guard.SameLength(truth.Count, options?.Clusters?.Count ?? truth.Count, nameof(options));
        return PatientRatio.Applies(options) ? PatientIntervals.Of(report, truth, predicted, options!, cancellationToken) : report;
    }

    /// <summary>Computes all figures from the counts.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="confidence">Of the intervals; 0.95 by default.</param>
    public static ClassificationReport FromMatrix(ConfusionMatrix matrix, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ClassFigures[] classes = [.. Enumerable.Range(0, matrix.Names.Count).Select(c => ClassFigures.From(matrix, c, confidence))];
        return new ClassificationReport
        {
            Confusion = matrix,
            Classes = classes,
            Accuracy = Ratio.OrZero(matrix.Correct, matrix.Total),
            AccuracyInterval = WilsonInterval.Of(matrix.Correct, matrix.Total, confidence),
            BalancedAccuracy = classes.Where(c => c.Support > 0).Select(c => c.Recall).DefaultIfEmpty(0).Average(),
            MacroF1 = classes.Select(c => c.F1).DefaultIfEmpty(0).Average(),
            MicroF1 = Ratio.OrZero(matrix.Correct, matrix.Total),
            WeightedF1 = Ratio.OrZero(classes.Sum(c => c.F1 * c.Support), matrix.Total),
            Kappa = CohenKappa.Of(matrix),
            QuadraticKappa = CohenKappa.Quadratic(matrix),
            MatthewsCorrelation = Evaluation.MatthewsCorrelation.Of(matrix),
        };
    }

    /// <summary>The same figures for each subgroup, for example by source, view, age or sex.</summary>
    /// <param name="truth">The class of each case.</param>
    /// <param name="predicted">What each case was called.</param>
    /// <param name="names">The classes.</param>
    /// <param name="groups">The subgroup of each case; cases of an empty name are "unknown".</param>
    /// <param name="options">As in <see cref="From"/>.</param>
    /// <param name="cancellationToken">As in <see cref="From"/>.</param>
    /// <returns>One report per subgroup, by name.</returns>
    public static IReadOnlyDictionary<string, ClassificationReport> ByGroup(IReadOnlyList<int> truth, IReadOnlyList<int> predicted, IReadOnlyList<string> names, IReadOnlyList<string> groups, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(groups);
        Guard.SameLength(truth.Count, predicted.Count, nameof(predicted));
        Guard.SameLength(truth.Count, groups.Count, nameof(groups));
        Guard.SameLength(truth.Count, options?.Clusters?.Count ?? truth.Count, nameof(options));
        SortedDictionary<string, ClassificationReport> reports = new(StringComparer.Ordinal);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, truth.Count).GroupBy(i => string.IsNullOrEmpty(groups[i]) ? "unknown" : groups[i]))
        {
            BootstrapOptions? own = options?.Clusters is { } patients ? options with { Clusters = [.. group.Select(i => patients[i])], Strata = null } : options;
            reports.Add(group.Key, From([.. group.Select(i => truth[i])], [.. group.Select(i => predicted[i])], names, own, cancellationToken));
        }

        return reports;
    }
}
