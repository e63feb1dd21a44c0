namespace CxrNet.Evaluation;

/// <summary>Everything that one evaluation of a single-label classifier has to say; <see cref="EvaluationHtml"/> makes a page of it.</summary>
public sealed record EvaluationReport
{
    /// <summary>For example "test split".</summary>
    public required string Title { get; init; }

    /// <summary>The card's id.</summary>
    public required string ModelId { get; init; }

    /// <summary>Accuracy and its kin.</summary>
    public required ClassificationReport Classification { get; init; }

    /// <summary>One ROC curve per class, against the rest.</summary>
    public required IReadOnlyList<RocCurve> Roc { get; init; }

    /// <summary>The areas with DeLong's intervals, per class.</summary>
    public required IReadOnlyList<DeLongEstimate> RocAreas { get; init; }

    /// <summary>The areas per class with the intervals to state: from a bootstrap over patients where some have several cases, DeLong's on the logit otherwise. The ends are NaN where no sample differs from another.</summary>
    public required IReadOnlyList<Interval> RocIntervals { get; init; }

    /// <summary>Average precision per class, with its bootstrap interval; the ends are NaN where no sample differs from another.</summary>
    public required IReadOnlyList<Interval> AveragePrecision { get; init; }

    /// <summary>Macro-F1 with its bootstrap interval: in a sample the mean over the classes that were drawn. The ends are NaN where no sample differs from another.</summary>
    public required Interval MacroF1 { get; init; }

    /// <summary>Confidence against accuracy.</summary>
    public required ReliabilityCurve Reliability { get; init; }

    /// <summary>Brier score, summed over the classes.</summary>
    public required double Brier { get; init; }

    /// <summary>Mean negative log of the true class's probability, in nats; probabilities below 1e-9 count as that.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Of all intervals, 0.95 for 95 %.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Subgroups: for each table's name (source, view, age, sex …) its groups.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ClassificationReport>> Subgroups { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, ClassificationReport>>();

    /// <summary>The errors to look at.</summary>
    public IReadOnlyList<WorstError> WorstErrors { get; init; } = [];

    /// <summary>Sentences below the title, for example where the data is from.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Computes everything that follows from probabilities and truth.</summary>
    /// <param name="title">For example "test split".</param>
    /// <param name="modelId">The card's id.</param>
    /// <param name="probabilities">One row per case.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="options">Of the bootstrap intervals; give the patients as clusters: all intervals are over them then. 2000 replicates by default.</param>
    /// <param name="cancellationToken">Stops the drawing of samples.</param>
    public static EvaluationReport From(string title, string modelId, ScoreTable probabilities, IReadOnlyList<int> truth, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        Labels.Check(probabilities, truth);
        int[] predicted = probabilities.ArgMax();
        bool[][] positive = [.. probabilities.Names.Select((_, c) => Labels.OneVersusRest(truth, c))];
        double[][] columns = [.. probabilities.Names.Select((_, c) => probabilities.Column(c))];
        DeLongEstimate[] areas = [.. columns.Select((scores, c) => DeLong.Of(scores, positive[c], options?.Confidence ?? 0.95))];
        return new EvaluationReport
        {
            Title = title,
            ModelId = modelId,
            Confidence = options?.Confidence ?? 0.95,
            Classification = ClassificationReport.From(truth, predicted, probabilities.Names, options, cancellationToken),
            Roc = RocCurve.OneVersusRest(probabilities, truth),
            RocAreas = areas,
            RocIntervals = [.. columns.Select((scores, c) => ScoreIntervals.RocArea(scores, positive[c], options, cancellationToken))],
            AveragePrecision = [.. columns.Select((scores, c) => ScoreIntervals.AveragePrecision(scores, positive[c], options, cancellationToken))],
            MacroF1 = ScoreIntervals.Told(BootstrapInterval.Of(truth.Count, rows => MacroF1Of(rows, truth, predicted, probabilities.Names), options, cancellationToken)),
            Reliability = ReliabilityCurve.TopLabel(probabilities, truth),
            Brier = BrierScore.Of(probabilities, truth),
            LogLoss = NegativeLogLikelihood.Softmax(probabilities.ToLogits(FindingActivation.Softmax), truth),
            WorstErrors = WorstError.Of(probabilities, truth),
        };
    }

    private static double MacroF1Of(ReadOnlySpan<int> rows, IReadOnlyList<int> truth, int[] predicted, IReadOnlyList<string> names)
    {
        int[] drawnTruth = new int[rows.Length];
        int[] drawnPredicted = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            drawnTruth[i] = truth[rows[i]];
            drawnPredicted[i] = predicted[rows[i]];
        }

        // A rare class that a sample did not draw has no F1 there, and 0 would pull the lower end down. One that the data has no case of counts as 0 in the estimate, and so in each sample.
        ConfusionMatrix matrix = ConfusionMatrix.From(drawnTruth, drawnPredicted, names);
        return Enumerable.Range(0, names.Count).Where(c => matrix.Support(c) > 0 || !truth.Contains(c)).Average(c => Ratio.OrZero(2 * matrix[c, c], matrix.Support(c) + matrix.Predicted(c)));
    }
}
