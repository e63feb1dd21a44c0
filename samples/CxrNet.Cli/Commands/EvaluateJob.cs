using System.Globalization;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Scores the images of a split and compares the finding of the highest probability with the label.</summary>
internal sealed class EvaluateJob(ModelChoice choice, EvaluateRequest request, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        CardFigures.Check(request.Record);
        ScoresFile.Check(request.ScoresFile, request.Manifest, request.Record, choice.File);
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(request.Manifest, request.Split);
        using AugmentedClassifier classifier = new(choice.Load(), request.Views);
        if (classifier.Card.Activation != FindingActivation.Softmax)
        {
            throw new CxrModelException(classifier.Card.Id, $"'{classifier.Card.Id}' has findings that do not exclude each other ({classifier.Card.Activation}); 'evaluate' measures one label an image. MultiLabelReport does it in code.");
        }

        CxrModelCard own = choice.OwnCard(classifier.Card);
        CardFigures.Check(request.Record, own);
        string[] names = [.. classifier.Card.Findings.Where(f => f.IsTrained).Select(f => f.Name)];
        ManifestScoring.RequireLabels(entries, names);
        if (request.HtmlFolder is { } page)
        {
            EvaluationPage.Prepare(page);
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
        ManifestScoring.RequireSome(read.Count, entries.Count, request.Split);
        ScoreTable logits = ScoreTable.Logits(predictions);
        int[] truth = [.. read.Select(e => Array.IndexOf(names, e.Label))];
        EvaluationReport report = Compute(classifier.Card, logits, truth, read);
        DecisionFigures decisions = DecisionFigures.Of(predictions, [.. read.Select(e => e.Label)]);
        EvaluationLine line = EvaluationLine.From(report, decisions);
        if (request.Json)
        {
            await output.WriteLineAsync(JsonLines.Of(line));
        }
        else
        {
            EvaluationTable.Write(Terminal.On(output), report, decisions, request.Split);
        }

        // After the figures are out: a disk that is full takes none of them away.
        CardFigures.Record(request.Record, request.Split, own, CardFigures.Of(line));
        if (request.ScoresFile is { } scores)
        {
            ScoresFile.Write(scores, read, logits);
        }

        if (request.HtmlFolder is { } folder)
        {
            QuietError.Remark(error, $"report: {EvaluationPage.Write(folder, report, decisions, read, classifier, cancellationToken)}");
        }

        return scoring.Failed > 0 ? 1 : 0;
    }

    private EvaluationReport Compute(CxrModelCard card, ScoreTable logits, int[] truth, List<ManifestEntry> read)
    {
        ScoreTable probabilities = logits.Softmax(card.Temperature);
        int[] patients = Patients.Of(read);
        BootstrapOptions bootstrap = new() { Clusters = patients };
        EvaluationReport report = EvaluationReport.From($"split '{request.Split}'", card.Id, probabilities, truth, bootstrap);
        int[] predicted = probabilities.ArgMax();
        SortedDictionary<string, IReadOnlyDictionary<string, ClassificationReport>> groups = new(StringComparer.Ordinal);
        foreach ((string name, Func<ManifestEntry, string> of) in ((string, Func<ManifestEntry, string>)[])[("source", e => e.Source), ("view", e => e.View), ("age", e => e.AgeGroup), ("sex", e => e.Sex)])
        {
            string[] values = [.. read.Select(of)];
            if (values.Any(static v => v.Length > 0))
            {
                groups.Add(name, ClassificationReport.ByGroup(truth, predicted, probabilities.Names, values, bootstrap));
            }
        }

        return report with
        {
            Subgroups = groups,
            WorstErrors = [.. report.WorstErrors.Select(e => e with { File = Path.GetFileName(read[e.Row].File) })],
            Notes =
            [
                Patients.Described(patients, "of Wilson, DeLong and the bootstrap over images") + ".",
                .. request.Views > 1 ? [string.Create(CultureInfo.InvariantCulture, $"Test-time augmentation: the mean logits of {request.Views} views.")] : (string[])[],
            ],
        };
    }
}
