using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Findings that do not exclude each other: each on its own against whether the label names it.</summary>
internal sealed class MultiLabelMeasurement(CxrModelCard card, EvaluateRequest request) : LabelMeasurement(card, request)
{
    private const int MostNamed = 8;

    public override void Require(IReadOnlyList<ManifestEntry> entries, TextWriter error)
    {
        if (Request.HtmlFolder is not null)
        {
            throw new InvalidDataException($"--html draws one finding an image, and those of '{Card.Id}' do not exclude each other ({Card.Activation}); --json has every figure of each.");
        }

        MultiLabelTruth truth = MultiLabelTruth.Parse(entries.Select(static e => e.Label), Names);
        if (!truth.HasPositive)
        {
            throw new InvalidDataException($"None of the {entries.Count} rows of '{Request.Split}' is labelled with a finding of '{Card.Id}' ({string.Join(", ", Names)}){(truth.Unknown.Count > 0 ? $"; there are {Listed(truth)}" : "")}. Several findings of an image stand with '|' between them.");
        }

        if (truth.Unknown.Count > 0)
        {
            QuietError.Remark(error, $"labels that '{Card.Id}' has no finding for, whose images count as without any that is not named beside them: {Listed(truth)}");
        }
    }

    public override Measured Measure(IReadOnlyList<ManifestEntry> read, IReadOnlyList<CxrPrediction> predictions, ScoreTable logits, ICxrClassifier classifier)
    {
        MultiLabelTruth truth = MultiLabelTruth.Parse(read.Select(static e => e.Label), Names);
        ScoreTable probabilities = logits.Sigmoid(Card.Temperature);
        double[] thresholds = [.. Card.Findings.Where(static f => f.IsTrained).Select(static f => (double)f.Threshold)];
        int[] patients = Patients.Of(read);
        MultiLabelReport report = MultiLabelReport.From(probabilities, truth.Rows, thresholds, new BootstrapOptions { Clusters = patients });
        MultiLabelLine line = MultiLabelLine.From(report, read.Count, truth, Groups(read).ToDictionary(static g => g.Name, g => ByGroup(probabilities, truth, thresholds, g.Values)), Patients.HaveSeveralImages(patients));
        return new Measured(
            () => JsonLines.Of(line),
            console => MultiLabelTable.Write(console, line, Card.Id, Request.Split, Notes(patients, "of DeLong")),
            CardFigures.Of(line),
            static (_, _) => throw new InvalidOperationException("Refused before anything was scored."));
    }

    private static IReadOnlyList<MultiLabelGroupLine> ByGroup(ScoreTable probabilities, MultiLabelTruth truth, double[] thresholds, string[] values) =>
    [
        .. Enumerable.Range(0, values.Length).GroupBy(i => values[i], StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(rows =>
        {
            ScoreTable own = new(probabilities.Names, [.. rows.SelectMany(i => probabilities.Row(i).ToArray())]);
            MultiLabelReport report = MultiLabelReport.From(own, [.. rows.Select(i => truth.Rows[i])], thresholds);
            return MultiLabelGroupLine.From(rows.Key, own.Count, report);
        }),
    ];

    private static string Listed(MultiLabelTruth truth)
    {
        IEnumerable<string> named = truth.Unknown.OrderByDescending(static u => u.Value).Take(MostNamed).Select(static u => $"{u.Key} ({u.Value})");
        return string.Join(", ", named) + (truth.Unknown.Count > MostNamed ? $" and {truth.Unknown.Count - MostNamed} others" : "");
    }
}
