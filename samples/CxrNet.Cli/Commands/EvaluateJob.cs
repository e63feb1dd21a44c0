using System.Globalization;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Scores the images of a split and compares the finding of the highest probability with the label.</summary>
internal sealed class EvaluateJob(ModelChoice choice, EvaluateRequest request, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(request.Manifest, request.Split);
        using AugmentedClassifier classifier = new(choice.Load(), request.Views);
        string[] names = [.. classifier.Card.Findings.Where(f => f.IsTrained).Select(f => f.Name)];
        foreach (ManifestEntry entry in entries)
        {
            LabelOf(entry, names);
        }

        List<ManifestEntry> read = [];
        List<CxrPrediction> predictions = [];
        ManifestScoring scoring = new(classifier, choice.Batch, error);
        await scoring.RunAsync(
            entries,
            $"evaluated '{request.Split}'",
            (entry, _, prediction) =>
            {
                read.Add(entry);
                // The maps of a whole split would fill the memory; those of the worst errors are made again.
                predictions.Add(prediction with { Map = null });
            },
            null,
            cancellationToken);
        if (predictions.Count == 0)
        {
            throw new InvalidDataException($"None of the {entries.Count} images of '{request.Split}' could be read.");
        }

        ScoreTable logits = ScoreTable.Logits(predictions);
        int[] truth = [.. read.Select(e => LabelOf(e, names))];
        EvaluationReport report = Compute(classifier.Card, logits, truth, read);
        DecisionFigures decisions = DecisionFigures.Of(predictions, [.. read.Select(e => e.Label)]);
        if (request.ScoresFile is { } scores)
        {
            WriteScores(scores, read, logits);
        }

        if (request.HtmlFolder is { } folder)
        {
            QuietError.Remark(error, $"report: {EvaluationPage.Write(folder, report, decisions, read, classifier, cancellationToken)}");
        }

        EvaluationLine line = EvaluationLine.From(report, decisions);
        CardFigures.Record(request.Record, request.Split, CardFigures.Of(line));
        if (request.Json)
        {
            await output.WriteLineAsync(JsonLines.Of(line));
        }
        else
        {
            EvaluationTable.Write(Terminal.On(output), report, decisions, request.Split);
        }

        return scoring.Failed > 0 ? 1 : 0;
    }

    private static int LabelOf(ManifestEntry entry, string[] names)
    {
        int index = Array.IndexOf(names, entry.Label);
        return index >= 0 ? index : throw new InvalidDataException($"'{entry.File}' is labelled '{entry.Label}'; the model knows {string.Join(", ", names)}.");
    }

    private EvaluationReport Compute(CxrModelCard card, ScoreTable logits, int[] truth, List<ManifestEntry> read)
    {
        ScoreTable probabilities = card.Activation == FindingActivation.Softmax ? logits.Softmax(card.Temperature) : logits.Sigmoid(card.Temperature);

        // Images of one patient are no independent cases: the bootstrap draws patients.
        Dictionary<string, int> patients = [];
        int[] clusters = [.. read.Select((e, i) => e.PatientGroup.Length == 0 ? -1 - i : patients.TryGetValue(e.PatientGroup, out int known) ? known : patients[e.PatientGroup] = patients.Count)];
        EvaluationReport report = EvaluationReport.From($"split '{request.Split}'", card.Id, probabilities, truth, new BootstrapOptions { Clusters = clusters });
        int[] predicted = probabilities.ArgMax();
        SortedDictionary<string, IReadOnlyDictionary<string, ClassificationReport>> groups = new(StringComparer.Ordinal);
        foreach ((string name, Func<ManifestEntry, string> of) in ((string, Func<ManifestEntry, string>)[])[("source", e => e.Source), ("view", e => e.View), ("age", e => e.AgeGroup), ("sex", e => e.Sex)])
        {
            string[] values = [.. read.Select(of)];
            if (values.Any(static v => v.Length > 0))
            {
                groups.Add(name, ClassificationReport.ByGroup(truth, predicted, probabilities.Names, values));
            }
        }

        return report with
        {
            Subgroups = groups,
            WorstErrors = [.. report.WorstErrors.Select(e => e with { File = Path.GetFileName(read[e.Row].File) })],
            Notes = request.Views > 1 ? [string.Create(CultureInfo.InvariantCulture, $"Test-time augmentation: the mean logits of {request.Views} views.")] : [],
        };
    }

    private static void WriteScores(string path, List<ManifestEntry> read, ScoreTable logits)
    {
        using StreamWriter writer = new(path);
        writer.WriteLine($"file,label,{string.Join(',', logits.Names)}");
        for (int i = 0; i < read.Count; i++)
        {
            writer.WriteLine($"\"{Path.GetFileName(read[i].File)}\",{read[i].Label},{string.Join(',', logits.Row(i).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}");
        }
    }
}
