namespace CxrNet.Evaluation;

/// <summary>One class against all others.</summary>
/// <remarks>A division by zero gives 0, as scikit-learn's <c>zero_division=0</c>; the intervals of an empty class are 0 … 1.</remarks>
public sealed record ClassFigures
{
    /// <summary>The class.</summary>
    public required string Name { get; init; }

    /// <summary>How many cases are of the class.</summary>
    public required long Support { get; init; }

    /// <summary>How many cases were called the class.</summary>
    public required long Predicted { get; init; }

    /// <summary>True positives / all that were called the class.</summary>
    public required double Precision { get; init; }

    /// <summary>True positives / all of the class; sensitivity.</summary>
    public required double Recall { get; init; }

    /// <summary>True negatives / all of the other classes.</summary>
    public required double Specificity { get; init; }

    /// <summary><c>2 TP / (2 TP + FP + FN)</c>.</summary>
    public required double F1 { get; init; }

    /// <summary>Interval of the precision: Wilson's, or over patients; see <see cref="ClassificationReport.IsByPatient"/>.</summary>
    public required Interval PrecisionInterval { get; init; }

    /// <summary>Interval of the recall: Wilson's, or over patients; see <see cref="ClassificationReport.IsByPatient"/>.</summary>
    public required Interval RecallInterval { get; init; }

    /// <summary>Interval of the specificity: Wilson's, or over patients; see <see cref="ClassificationReport.IsByPatient"/>.</summary>
    public required Interval SpecificityInterval { get; init; }

    /// <summary>Reads one class off a confusion matrix.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="index">The class.</param>
    /// <param name="confidence">Of the intervals.</param>
    public static ClassFigures From(ConfusionMatrix matrix, int index, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, matrix.Names.Count);
        long hits = matrix[index, index];
        long support = matrix.Support(index);
        long predicted = matrix.Predicted(index);
        long others = matrix.Total - support;
        long rejected = others - (predicted - hits);
        return new ClassFigures
        {
            Name = matrix.Names[index],
            Support = support,
            Predicted = predicted,
            Precision = Ratio.OrZero(hits, predicted),
            Recall = Ratio.OrZero(hits, support),
            Specificity = Ratio.OrZero(rejected, others),
            F1 = Ratio.OrZero(2 * hits, support + predicted),
            PrecisionInterval = WilsonInterval.Of(hits, predicted, confidence),
            RecallInterval = WilsonInterval.Of(hits, support, confidence),
            SpecificityInterval = WilsonInterval.Of(rejected, others, confidence),
        };
    }
}
