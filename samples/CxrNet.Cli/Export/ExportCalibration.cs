using System.Globalization;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

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
    /// <param name="error">For progress and remarks.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    public static ExportCalibration Fit(string model, CxrModelCard card, ExportRequest request, TextWriter error, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ManifestEntry> val = ImageManifest.Read(request.Calibrate!, request.ValSplit), train = ImageManifest.Read(request.Calibrate!, request.TrainSplit);
        if (request.Phantoms > 0 && train.GroupBy(static entry => entry.Source).All(static source => source.Count() < GuardFit.LeastGroup))
        {
            throw new InvalidDataException($"No source of '{request.TrainSplit}' has {GuardFit.LeastGroup} images or more, so the drawn chests of --phantoms would be all that the guard knows; leave the option out.");
        }

        using ICxrClassifier classifier = new ModelChoice(model, "onnx", 0, 8) { KeepFeatures = true }.Load();
        ManifestScoring scoring = new(classifier, 8, error);
        string[] names = [.. classifier.Card.Findings.Select(static f => f.Name)];
        ManifestScoring.RequireLabels(val, names);
        List<CxrPrediction> predictions = [];
        List<int> truth = [];
        List<GuardSample> validation = [];
        List<GuardSample> training = [];
        Run(val, $"scored '{request.ValSplit}'", (entry, _, prediction) =>
        {
            // The maps of a whole split would fill the memory.
            predictions.Add(prediction with { Map = null });
            truth.Add(Array.IndexOf(names, entry.Label));
            validation.Add(GuardSample.Of(prediction) with { Group = entry.Source });
        });
        Run(train, $"scored '{request.TrainSplit}'", (entry, _, prediction) => training.Add(GuardSample.Of(prediction) with { Group = entry.Source }));

        training.AddRange(GuardPhantoms.Draw(classifier, request.Phantoms, cancellationToken));

        // Turned and inverted radiographs lie nearer than anything else that is no frontal chest: the guard is told of them.
        ManifestEntry[] some = [.. train.Where((_, i) => i % TurnedOneIn == 0)];
        List<GuardSample> unwanted = [];
        foreach (OffTargetKind kind in OffTargetImage.Derived)
        {
            Run(some, $"scored {kind}", (_, _, prediction) => unwanted.Add(GuardSample.Of(prediction) with { Group = kind.ToString() }), (_, image) => OffTargetImage.From(kind, image));
        }

        // Anew from nothing: what the card says of thresholds and temperature may be another network's.
        ScoreTable logits = ScoreTable.Logits(predictions);
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(logits, truth, request.EqualClasses);
        ScoreTable shifted = new(logits.Names, [.. Enumerable.Range(0, logits.Count).SelectMany(i => logits.Row(i).ToArray().Zip(fit.Biases, static (z, b) => z + b))]);
        CxrModelCard bare = card with { Findings = [.. names.Select(static name => new CardFinding(name))], Activation = classifier.Card.Activation, Temperature = 1, Abstain = null, Guard = null };
        CxrModelCard calibrated = SiteCalibration.Refit(bare, shifted, truth, new SiteCalibrationOptions { Site = $"the split '{request.ValSplit}'", Alpha = request.Alpha }).Card;

        // The features of E1 come first; those of E2 change with what the map lets through.
        int features = classifier.Card.Network?.MapWidths is { Count: > 0 } widths ? widths[^1] : 0;
        CardGuard fitted = GuardFit.Fit(training, validation, new GuardFitOptions
        {
            FalseAlarms = request.FalseAlarms,
            PooledLength = features,
        }, unwanted);
        Interval alarms = GuardFit.FalseAlarms(fitted, validation);
        CardGuard guard = fitted with { Provenance = string.Create(CultureInfo.InvariantCulture, $"Gaussians on {train.Count} images of '{request.TrainSplit}'{(request.Phantoms > 0 ? $" and {request.Phantoms} drawn chests" : "")}, thresholds that call {alarms.Estimate:P1} of {validation.Count} images of '{request.ValSplit}' unlike (95 % interval up to {alarms.High:P1}; {request.FalseAlarms:P1} were asked for)") };
        if (alarms.High > request.FalseAlarms)
        {
            QuietError.Remark(error, string.Create(CultureInfo.InvariantCulture, $"warning: {validation.Count} images of '{request.ValSplit}' cannot show that the guard refuses at most {request.FalseAlarms:P1}: even without one alarm the interval reaches {alarms.High:P1}; {GuardFit.LeastValidation(request.FalseAlarms)} images or more were expected."));
        }

        string summary = string.Create(CultureInfo.InvariantCulture, $"calibrated on '{request.ValSplit}': temperature {calibrated.Temperature:F3}, biases for classes as frequent as {(request.EqualClasses ? "each other" : "there")} {string.Join(", ", fit.Biases.Select(b => b.ToString("F3", CultureInfo.InvariantCulture)))}, negative log likelihood {NegativeLogLikelihood.Softmax(logits, truth, 1):F4} to {NegativeLogLikelihood.Softmax(shifted, truth, calibrated.Temperature):F4}; {guard.Provenance}.");

        // Figures named "site" are a site's; here the provenance says where everything comes from.
        return new ExportCalibration(calibrated with { Metrics = card.Metrics, Guard = guard }, fit.Biases, summary);

        void Run(IReadOnlyList<ManifestEntry> entries, string what, Action<ManifestEntry, GrayImage, CxrPrediction> each, Func<ManifestEntry, GrayImage, GrayImage>? change = null)
        {
            scoring.RunAsync(entries, what, each, change, cancellationToken).GetAwaiter().GetResult();
            if (scoring.Failed > 0)
            {
                throw new InvalidDataException($"{scoring.Failed} images of '{request.Calibrate}' could not be read; a calibration needs all of them.");
            }
        }
    }
}
