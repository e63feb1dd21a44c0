using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Findings that do not exclude each other: each on its own against whether the label names it.</summary>
internal sealed class MultiLabelMeasurement(CxrModelCard card, EvaluateRequest request) : LabelMeasurement(card, request)
{
    public override void Require(IReadOnlyList<ManifestEntry> entries, TextWriter error)
    {
        if (Request.HtmlFolder is not null)
        {
            throw new InvalidDataException($"--html draws one finding an image, and those of '{Card.Id}' do not exclude each other ({Card.Activation}); --json has every figure of each.");
        }

        MultiLabelTruth truth = MultiLabelTruth.Parse(entries.Select(static e => e.Label), Names);
        UnknownLabels.Check(truth, Names, Card, $"None of the {entries.Count} rows of '{Request.Split}' is labelled with a finding of", error);
    }

    public override Measured Measure(IReadOnlyList<ManifestEntry> read, IReadOnlyList<CxrPrediction> predictions, ScoreTable logits, ICxrClassifier classifier, CancellationToken cancellationToken)
    {
        MultiLabelTruth truth = MultiLabelTruth.Parse(read.Select(static e => e.Label), Names);
        ScoreTable probabilities = logits.Sigmoid(Card.Temperature);
        double[] thresholds = [.. Card.Findings.Where(static f => f.IsTrained).Select(static f => (double)f.Threshold)];
        int[] patients = Patients.Of(read);
        MultiLabelReport report = MultiLabelReport.From(probabilities, truth.Rows, thresholds, new BootstrapOptions { Clusters = patients }, cancellationToken);
        MultiLabelLine line = MultiLabelLine.From(report, read.Count, truth, Groups(read).ToDictionary(static g => g.Name, g => ByGroup(probabilities, truth, thresholds, g.Values)), Patients.HaveSeveralImages(patients));
        return new Measured(
            () => JsonLines.Of(line),
            console => MultiLabelTable.Write(console, line, Card.Id, Request.Split, Notes(patients, "of DeLong")),
            CardFigures.Of(line),
            Page: null);
    }

    private static IReadOnlyList<MultiLabelGroupLine> ByGroup(ScoreTable probabilities, MultiLabelTruth truth, double[] thresholds, string[] values) =>
    [
        .. Enumerable.Range(0, values.Length).GroupBy(i => values[i].Length > 0 ? values[i] : "unknown", StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(rows =>
        {
            ScoreTable own = new(probabilities.Names, [.. rows.SelectMany(i => probabilities.Row(i).ToArray())]);
            MultiLabelReport report = MultiLabelReport.From(own, [.. rows.Select(i => truth.Rows[i])], thresholds);
            return MultiLabelGroupLine.From(rows.Key, own.Count, report);
        }),
    ];
}
