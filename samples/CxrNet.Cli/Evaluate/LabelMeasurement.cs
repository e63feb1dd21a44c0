using System.Globalization;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>How a model's answers are held against the labels: one finding an image, or any number of them.</summary>
/// <param name="card">Of the model.</param>
/// <param name="request">What is asked for.</param>
internal abstract class LabelMeasurement(CxrModelCard card, EvaluateRequest request)
{
    private static readonly (string Name, Func<ManifestEntry, string> Of)[] Groupings = [("source", static e => e.Source), ("view", static e => e.View), ("age", static e => e.AgeGroup), ("sex", static e => e.Sex)];

    protected CxrModelCard Card => card;

    protected EvaluateRequest Request => request;

    /// <summary>The findings that have a score, in the card's order.</summary>
    protected string[] Names { get; } = [.. card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name)];

    /// <summary>That of a card.</summary>
    public static LabelMeasurement Of(CxrModelCard card, EvaluateRequest request) =>
        card.Activation == FindingActivation.Softmax ? new OneLabelMeasurement(card, request) : new MultiLabelMeasurement(card, request);

    /// <summary>Refuses labels that cannot be measured, before anything is scored.</summary>
    /// <param name="entries">The rows.</param>
    /// <param name="error">For remarks.</param>
    /// <exception cref="InvalidDataException">No figure could come of these labels.</exception>
    public abstract void Require(IReadOnlyList<ManifestEntry> entries, TextWriter error);

    /// <summary>Computes the figures of the images that were read.</summary>
    /// <param name="read">Their rows.</param>
    /// <param name="predictions">One per row.</param>
    /// <param name="logits">Of the predictions.</param>
    /// <param name="classifier">Makes the maps of a page again.</param>
    /// <param name="cancellationToken">Stops the drawing of samples.</param>
    public abstract Measured Measure(IReadOnlyList<ManifestEntry> read, IReadOnlyList<CxrPrediction> predictions, ScoreTable logits, ICxrClassifier classifier, CancellationToken cancellationToken);

    /// <summary>The groups that the manifest knows of: for each name (source, view, age, sex) one value per row.</summary>
    protected static IEnumerable<(string Name, string[] Values)> Groups(IReadOnlyList<ManifestEntry> read) =>
        Groupings.Select(grouping => (grouping.Name, Values: (string[])[.. read.Select(grouping.Of)])).Where(static group => group.Values.Any(static value => value.Length > 0));

    /// <summary>What the intervals are of, and whether several views were scored.</summary>
    protected IReadOnlyList<string> Notes(int[] patients, string otherwise) =>
    [
        Patients.Described(patients, otherwise) + ".",
        .. request.Views > 1 ? [string.Create(CultureInfo.InvariantCulture, $"Test-time augmentation: the mean logits of {request.Views} views.")] : (string[])[],
    ];
}
