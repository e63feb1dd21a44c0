namespace CxrNet.Evaluation;

/// <summary>The figures of a classifier whose findings exclude nothing.</summary>
public sealed record MultiLabelReport
{
    /// <summary>Per label, in the order of the columns.</summary>
    public required IReadOnlyList<MultiLabelFigures> Labels { get; init; }

    /// <summary>The mean ROC area of the labels that have positives and negatives; NaN where none has.</summary>
    public required double MacroRocArea { get; init; }

    /// <summary>The mean F1 of the labels.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>F1 of all cells together.</summary>
    public required double MicroF1 { get; init; }

    /// <summary>The share of wrong cells.</summary>
    public required double HammingLoss { get; init; }

    /// <summary>The share of rows in which every label is right.</summary>
    public required double SubsetAccuracy { get; init; }

    /// <summary>Computes all figures.</summary>
    /// <param name="probabilities">0 … 1.</param>
    /// <param name="labels">For each row one value per column.</param>
    /// <param name="thresholds">One per column; 0.5 for all where null. A score of the threshold or more is positive.</param>
    /// <param name="intervals">Of the intervals; give the patients as clusters: they are over them then. The defaults where null.</param>
    /// <param name="cancellationToken">Stops the drawing of samples.</param>
    /// <exception cref="ArgumentException">Rows, columns or patients differ in number.</exception>
    public static MultiLabelReport From(ScoreTable probabilities, IReadOnlyList<IReadOnlyList<bool>> labels, IReadOnlyList<double>? thresholds = null, BootstrapOptions? intervals = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        Guard.SameLength(probabilities.Count, labels.Count, nameof(labels));
        thresholds ??= [.. probabilities.Names.Select(_ => 0.5)];
        Guard.SameLength(probabilities.Names.Count, thresholds.Count, nameof(thresholds));
        Guard.SameLength(probabilities.Count, intervals?.Clusters?.Count ?? probabilities.Count, nameof(intervals));
        long hits = 0;
        long marked = 0;
        long wrong = 0;
        bool[] rowIsRight = [.. Enumerable.Repeat(true, labels.Count)];
        List<MultiLabelFigures> figures = [];
        for (int c = 0; c < probabilities.Names.Count; c++)
        {
            double[] scores = probabilities.Column(c);
            bool[] positive = Column(labels, c, probabilities.Names.Count);
            int labelHits = 0;
            int labelMarked = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                bool called = scores[i] >= thresholds[c];
                labelHits += called && positive[i] ? 1 : 0;
                labelMarked += (called ? 1 : 0) + (positive[i] ? 1 : 0);
                rowIsRight[i] &= called == positive[i];
            }

            hits += labelHits;
            marked += labelMarked;
            wrong += labelMarked - (2 * labelHits);
            figures.Add(new MultiLabelFigures
            {
                Name = probabilities.Names[c],
                Support = positive.Count(p => p),
                RocArea = Evaluation.RocArea.Of(scores, positive),
                RocInterval = ScoreIntervals.RocArea(scores, positive, intervals, cancellationToken),
                AveragePrecision = PrecisionRecallCurve.From(scores, positive).AveragePrecision,
                Brier = BrierScore.Binary(scores, positive),
                Reliability = ReliabilityCurve.Binary(scores, positive),
                F1 = Ratio.OrZero(2.0 * labelHits, labelMarked),
                Operating = OperatingPoint.AtThreshold(scores, positive, thresholds[c]),
            });
        }

        return new MultiLabelReport
        {
            Labels = figures,
            MacroRocArea = figures.Select(static f => f.RocArea).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
            MacroF1 = figures.Average(f => f.F1),
            MicroF1 = Ratio.OrZero(2.0 * hits, marked),
            HammingLoss = Ratio.OrZero(wrong, (double)labels.Count * probabilities.Names.Count),
            SubsetAccuracy = Ratio.OrZero(rowIsRight.Count(right => right), labels.Count),
        };
    }

    internal static bool[] Column(IReadOnlyList<IReadOnlyList<bool>> labels, int index, int columns)
    {
        bool[] column = new bool[labels.Count];
        for (int i = 0; i < column.Length; i++)
        {
            if (labels[i].Count != columns)
            {
                throw new ArgumentException($"Row {i} has {labels[i].Count} labels, {columns} expected.", nameof(labels));
            }

            column[i] = labels[i][index];
        }

        return column;
    }
}
