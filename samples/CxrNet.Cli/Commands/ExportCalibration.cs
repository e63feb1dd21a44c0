using System.Globalization;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Everything about a card that is fitted on images and not trained: class biases, temperature, operating points, the abstain level, the input guard.</summary>
/// <param name="Card">The card with all of it but the biases, which belong into the weights.</param>
/// <param name="Biases">Added to the logits, in card order.</param>
/// <param name="Summary">For people.</param>
internal sealed record ExportCalibration(CxrModelCard Card, IReadOnlyList<double> Biases, string Summary)
{
    private const int TurnedOneIn = 8;

    /// <param name="model">An ONNX file with plain weights.</param>
    /// <param name="card">The card to fill in.</param>
    /// <param name="request">Manifest and splits.</param>
    /// <param name="error">For progress.</param>
    public static ExportCalibration Fit(string model, CxrModelCard card, ExportRequest request, TextWriter error)
    {
        using ICxrClassifier classifier = new ModelChoice(model, "onnx", 0, 8) { KeepFeatures = true }.Load();
        ManifestScoring scoring = new(classifier, 8, error);
        string[] names = [.. classifier.Card.Findings.Select(static f => f.Name)];
        List<CxrPrediction> predictions = [];
        List<int> truth = [];
        List<GuardSample> validation = [];
        List<GuardSample> training = [];
        Score(request.ValSplit, (entry, _, prediction) =>
        {
            predictions.Add(prediction);
            truth.Add(Array.IndexOf(names, entry.Label) is >= 0 and var index ? index : throw new InvalidDataException($"'{entry.File}' is labelled '{entry.Label}'; the model knows {string.Join(", ", names)}."));
            validation.Add(GuardSample.Of(prediction) with { Group = entry.Source });
        });
        Score(request.TrainSplit, (entry, _, prediction) => training.Add(GuardSample.Of(prediction) with { Group = entry.Source }));

        // Turned and inverted radiographs lie nearer than anything else that is no frontal chest: the guard is told of them.
        ManifestEntry[] some = [.. ImageManifest.Read(request.Calibrate!, request.TrainSplit).Where((_, i) => i % TurnedOneIn == 0)];
        List<GuardSample> unwanted = [];
        foreach (OffTargetKind kind in OffTargetImage.Derived)
        {
            Run(some, $"scored {kind}", (_, _, prediction) => unwanted.Add(GuardSample.Of(prediction) with { Group = kind.ToString() }), (_, image) => OffTargetImage.From(kind, image));
        }

        ScoreTable logits = ScoreTable.Logits(predictions);
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(logits, truth, request.EqualClasses);
        ScoreTable shifted = new(logits.Names, [.. Enumerable.Range(0, logits.Count).SelectMany(i => logits.Row(i).ToArray().Zip(fit.Biases, static (z, b) => z + b))]);
        CxrModelCard calibrated = SiteCalibration.Refit(card with { Findings = classifier.Card.Findings, Activation = classifier.Card.Activation }, shifted, truth, new SiteCalibrationOptions { Site = $"the split '{request.ValSplit}'", Alpha = request.Alpha }).Card;

        // The features of E1 come first; those of E2 change with what the map lets through.
        int features = classifier.Card.Network?.MapWidths is { Count: > 0 } widths ? widths[^1] : 0;
        CardGuard guard = GuardFit.Fit(training, validation, new GuardFitOptions
        {
            FalseAlarms = request.FalseAlarms,
            PooledLength = features,
            Provenance = string.Create(CultureInfo.InvariantCulture, $"Gaussians on {training.Count} images of '{request.TrainSplit}', thresholds for at most {request.FalseAlarms:P1} false alarms (upper end of the 95 % interval) on {validation.Count} images of '{request.ValSplit}'"),
        }, unwanted);
        string summary = string.Create(CultureInfo.InvariantCulture, $"calibrated on '{request.ValSplit}': temperature {calibrated.Temperature:F3}, biases for classes as frequent as {(request.EqualClasses ? "each other" : "there")} {string.Join(", ", fit.Biases.Select(b => b.ToString("F3", CultureInfo.InvariantCulture)))}, negative log likelihood {fit.LikelihoodBefore:F4} to {fit.LikelihoodAfter:F4}; {guard.Provenance}.");

        // Figures named "site" are a site's; here the provenance says where everything comes from.
        return new ExportCalibration(calibrated with { Metrics = card.Metrics, Guard = guard }, fit.Biases, summary);

        void Score(string split, Action<ManifestEntry, GrayImage, CxrPrediction> each) => Run(ImageManifest.Read(request.Calibrate!, split), $"scored '{split}'", each, null);

        void Run(IReadOnlyList<ManifestEntry> entries, string what, Action<ManifestEntry, GrayImage, CxrPrediction> each, Func<ManifestEntry, GrayImage, GrayImage>? change)
        {
            scoring.RunAsync(entries, what, each, change, CancellationToken.None).GetAwaiter().GetResult();
            if (scoring.Failed > 0)
            {
                throw new InvalidDataException($"{scoring.Failed} images of '{request.Calibrate}' could not be read; a calibration needs all of them.");
            }
        }
    }
}
