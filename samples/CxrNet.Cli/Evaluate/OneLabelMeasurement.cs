using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Findings that exclude each other: the one of the highest probability against the label.</summary>
internal sealed class OneLabelMeasurement(CxrModelCard card, EvaluateRequest request) : LabelMeasurement(card, request)
{
    public override void Require(IReadOnlyList<ManifestEntry> entries, TextWriter error) => ManifestScoring.RequireLabels(entries, Names);

    public override Measured Measure(IReadOnlyList<ManifestEntry> read, IReadOnlyList<CxrPrediction> predictions, ScoreTable logits, ICxrClassifier classifier, CancellationToken cancellationToken)
    {
        EvaluationReport report = Compute(read, logits, cancellationToken);
        DecisionFigures decisions = DecisionFigures.Of(predictions, [.. read.Select(static e => e.Label)]);
        EvaluationLine line = EvaluationLine.From(report, decisions);
        return new Measured(
            () => JsonLines.Of(line),
            console => EvaluationTable.Write(console, report, decisions, Request.Split),
            CardFigures.Of(line),
            (folder, cancelled) => EvaluationPage.Write(folder, report, decisions, read, classifier, cancelled));
    }

    private EvaluationReport Compute(IReadOnlyList<ManifestEntry> read, ScoreTable logits, CancellationToken cancellationToken)
    {
        int[] truth = [.. read.Select(e => Array.IndexOf(Names, e.Label))], patients = Patients.Of(read);
        ScoreTable probabilities = logits.Softmax(Card.Temperature);
        BootstrapOptions bootstrap = new() { Clusters = patients };
        EvaluationReport report = EvaluationReport.From($"split '{Request.Split}'", Card.Id, probabilities, truth, bootstrap, cancellationToken);
        int[] predicted = probabilities.ArgMax();
        SortedDictionary<string, IReadOnlyDictionary<string, ClassificationReport>> groups = new(StringComparer.Ordinal);
        foreach ((string name, string[] values) in Groups(read))
        {
            groups.Add(name, ClassificationReport.ByGroup(truth, predicted, probabilities.Names, values, bootstrap, cancellationToken));
        }

        return report with
        {
            Subgroups = groups,
            WorstErrors = [.. report.WorstErrors.Select(e => e with { File = Path.GetFileName(read[e.Row].File) })],
            Notes = Notes(patients, "of Wilson, DeLong and the bootstrap over images"),
        };
    }
}
