using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Scores the images of a split and compares the finding of the highest probability with the label.</summary>
internal sealed class EvaluateJob(ModelChoice choice, TextWriter output, TextWriter error, bool json)
{
    public async Task<int> RunAsync(string manifest, string split, CancellationToken cancellationToken)
    {
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest, split);
        using ICxrClassifier classifier = choice.Load();
        string[] names = [.. classifier.Card.Findings.Where(f => f.IsTrained).Select(f => f.Name)];
        int[] labels = [.. entries.Select(e => LabelOf(e, names))];
        List<int> truth = [];
        List<int> predicted = [];
        int done = 0;
        int failed = 0;
        using (ProgressLine progress = new(error, $"evaluated '{split}'", entries.Count))
        {
            await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches([.. entries.Select(e => e.File)], choice.Batch, cancellationToken))
            {
                IReadOnlyList<CxrPrediction> predictions = classifier.Classify([.. group.Where(l => l.Image is not null).Select(l => l.Image!)], cancellationToken);
                int next = 0;
                foreach (LoadedImage loaded in group)
                {
                    int row = done++;
                    if (loaded.Image is null)
                    {
                        failed++;
                        await error.WriteLineAsync($"error: '{loaded.File}': {loaded.Error}");
                        continue;
                    }

                    truth.Add(labels[row]);
                    predicted.Add(Array.IndexOf(names, predictions[next++].Top.Name));
                }

                progress.Report(done);
            }
        }

        Report(ClassificationReport.From(truth, predicted, names), classifier.Card.Id, split);
        return failed > 0 ? 1 : 0;
    }

    private static int LabelOf(ManifestEntry entry, string[] names)
    {
        int index = Array.IndexOf(names, entry.Label);
        return index >= 0 ? index : throw new InvalidDataException($"'{entry.File}' is labelled '{entry.Label}'; the model knows {string.Join(", ", names)}.");
    }

    private void Report(ClassificationReport report, string model, string split)
    {
        if (!json)
        {
            EvaluationTable.Write(Terminal.On(output), report, model, split);
            return;
        }

        int classes = report.Classes.Count;
        output.WriteLine(JsonLines.Of(new EvaluationLine(
            report.Count,
            report.Accuracy,
            report.MacroF1,
            [.. report.Classes.Select(c => new ClassLine(c.Name, c.Precision, c.Recall, c.F1, c.Support))],
            [.. Enumerable.Range(0, classes).Select(t => (IReadOnlyList<long>)[.. Enumerable.Range(0, classes).Select(p => report.Confusion[t, p])])])));
    }
}
