using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Scores the images of a split and holds the answers against the labels.</summary>
internal sealed class EvaluateJob(ModelChoice choice, EvaluateRequest request, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        CardFigures.Check(request.Record);
        ScoresFile.Check(request.ScoresFile, request.Manifest, request.Record, choice.File);
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(request.Manifest, request.Split);
        using AugmentedClassifier classifier = new(choice.Load(), request.Views);
        CxrModelCard own = choice.OwnCard(classifier.Card);
        CardFigures.Check(request.Record, own);
        LabelMeasurement measurement = LabelMeasurement.Of(classifier.Card, request);
        measurement.Require(entries, error);
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
        Measured measured = measurement.Measure(read, predictions, logits, classifier, cancellationToken);
        if (request.Json)
        {
            await output.WriteLineAsync(measured.Json());
        }
        else
        {
            measured.Table(Terminal.On(output));
        }

        // After the figures are out: a disk that is full takes none of them away.
        CardFigures.Record(request.Record, request.Split, own, measured.Figures);
        if (request.ScoresFile is { } scores)
        {
            ScoresFile.Write(scores, read, logits);
        }

        if (request.HtmlFolder is { } folder && measured.Page is { } write)
        {
            QuietError.Remark(error, $"report: {write(folder, cancellationToken)}");
        }

        return scoring.Failed > 0 ? 1 : 0;
    }
}
