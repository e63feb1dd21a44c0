using System.Globalization;

namespace CxrNet.Onnx;

/// <summary>Checks a model against its card by running it: what fits, what cannot be, and what a person still has to fill in.</summary>
/// <remarks>It finds contradictions, not errors of fact: a wrong range or a swapped label can only be seen on radiographs whose truth is known.</remarks>
public sealed class OnnxCardProbe : IDiagnosticProbe
{
    private const int Side = 256;

    // Another batch splits the work of an operator differently: of the largest logit.
    private const float BatchTolerance = 1e-3f;

    private readonly string _path;
    private readonly IReadOnlyList<(string Name, GrayImage Image)> _images;

    /// <summary>Looks at a model.</summary>
    /// <param name="path">The .onnx file; its card is inside, or beside it as <c>name.card.json</c>.</param>
    /// <param name="images">Further images to run, with names to call them by; empty for the drawn chests alone.</param>
    public OnnxCardProbe(string path, IReadOnlyList<(string Name, GrayImage Image)>? images = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (_path, _images) = (path, images ?? []);
    }

    /// <inheritdoc/>
    public string Area => "card";

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look()
    {
        List<DiagnosticFact> facts = [];
        try
        {
            OnnxFile file = OnnxFile.Open(_path, OnnxOptions.Default);
            OnnxSignature signature = OnnxSignature.Read(file.Bytes);
            facts.Add(Fine("file", string.Create(CultureInfo.InvariantCulture, $"{file.Bytes.Length / 1e6:0.0} MB, opset {signature.Opset}{(signature.Producer.Length > 0 ? $", by {signature.Producer}" : "")}")));
            if (file.Card.Task != CxrModelTask.Classification)
            {
                Segment(facts);
                return facts;
            }

            using (OnnxClassifier classifier = OnnxClassifier.Load(_path))
            {
                facts.Add(Fine("graph", $"takes and gives what the card says: {file.Card.Findings.Count} outputs of {file.Card.Input.Width} x {file.Card.Input.Height}"));
                Run(classifier, facts);
            }

            End(file, facts);
            Features(file, facts);
            Unfinished(file.Card, facts);
        }
        catch (Exception e) when (e is CxrModelException || OnnxDamage.Is(e))
        {
            string message = (e as CxrModelException ?? OnnxDamage.In(_path, e)).Message;
            facts.Add(new DiagnosticFact(Area, "model", message, DiagnosticStatus.Broken, "The message says what was found and what was expected."));
        }

        return facts;
    }

    private static GrayImage Phantom(PhantomClass phantomClass) => ChestPhantom.Create(new PhantomOptions { Class = phantomClass, Width = Side, Height = Side }).Image;

    private static string Say(CxrPrediction prediction) =>
        string.Join(", ", prediction.Findings.OrderByDescending(static f => f.Probability).Take(3).Select(static f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Probability:0.000}")));

    private DiagnosticFact Fine(string name, string value) => new(Area, name, value);

    private void Segment(List<DiagnosticFact> facts)
    {
        using OnnxLungSegmenter segmenter = OnnxLungSegmenter.Load(_path);
        foreach ((string name, GrayImage image) in _images.Prepend(("drawn chest", Phantom(PhantomClass.Normal))))
        {
            ReadOnlySpan<float> lungs = segmenter.Segment(image).Probabilities;
            int inside = 0;
            foreach (float value in lungs)
            {
                inside += value >= 0.5f ? 1 : 0;
            }

            facts.Add(Fine(name, string.Create(CultureInfo.InvariantCulture, $"lungs are {100.0 * inside / lungs.Length:0.0} % of the image")));
        }
    }

    private void Run(OnnxClassifier classifier, List<DiagnosticFact> facts)
    {
        GrayImage[] drawn = [Phantom(PhantomClass.Normal), Phantom(PhantomClass.BacterialPneumonia), Phantom(PhantomClass.Covid19)];
        IReadOnlyList<CxrPrediction> together = classifier.Classify(drawn);
        float largest = together.SelectMany(static p => p.Logits).Max(Math.Abs);
        facts.Add(Fine("run", string.Create(CultureInfo.InvariantCulture, $"three drawn chests, {together[0].Timings.Total.TotalMilliseconds:0.0} ms each; logits to {largest:0.###}")));
        SelfTestResult test = SelfTest.Run(classifier);
        facts.AddRange(test.Problems.Select(p => new DiagnosticFact(Area, "run", p, DiagnosticStatus.Broken, "Scores that do not hang on the image mean nothing: the range in input.normalization is far off, or the weights are damaged.")));
        if (drawn.Where((image, i) => classifier.Classify(image).Logits.Zip(together[i].Logits).Any(pair => Math.Abs(pair.First - pair.Second) > BatchTolerance * largest)).Any())
        {
            facts.Add(new DiagnosticFact(Area, "batch", "an image scores otherwise alone than in a batch", DiagnosticStatus.Broken, "The graph mixes its rows or was exported in training mode; export it again in evaluation mode."));
        }

        if (together.SelectMany(static p => p.Findings).All(static f => f.Probability is < 1e-6f or > 1 - 1e-6f))
        {
            facts.Add(new DiagnosticFact(Area, "scores", "each probability is 0 or 1 to six digits", DiagnosticStatus.Warning, "Look at input.normalization: a range that is too wide saturates a network."));
        }

        facts.AddRange(_images.Zip(classifier.Classify([.. _images.Select(static i => i.Image)])).Select(pair => Fine(pair.First.Name, Say(pair.Second))));
    }

    private void End(OnnxFile file, List<DiagnosticFact> facts)
    {
        OnnxParts parts = OnnxParts.Read(file.Bytes);
        string logits = file.Card.Outputs.Logits!;
        (string inner, FindingActivation? end) = OnnxEnd.Of(parts, logits);
        if (inner != logits)
        {
            facts.Add(new DiagnosticFact(Area, "outputs.logits", $"'{logits}' is the {end} of '{inner}': probabilities, to which the card's own {file.Card.Activation} is applied once more", DiagnosticStatus.Broken, $"Write \"logits\": \"{inner}\" and \"activation\": \"{end}\"."));
        }
        else if (parts.OutputsOf(file.Card.Activation == FindingActivation.Softmax ? "Sigmoid" : "Softmax").FirstOrDefault(o => parts.ProducerOf(o)!.Inputs[0] == logits) is { } other)
        {
            facts.Add(new DiagnosticFact(Area, "activation", $"the card says {file.Card.Activation}, the graph makes '{other}' of its logits by a {parts.ProducerOf(other)!.Operator}", DiagnosticStatus.Broken, $"Write \"activation\": \"{parts.ProducerOf(other)!.Operator}\"."));
        }
    }

    private void Features(OnnxFile file, List<DiagnosticFact> facts)
    {
        try
        {
            using OnnxFeatureModel model = OnnxFeatureModel.Load(_path);
            facts.Add(Fine("features", $"'{model.FeatureTensor}', {model.Channels} planes of {model.Width} x {model.Height}, for class activation maps"));
        }
        catch (CxrModelException e)
        {
            facts.Add(new DiagnosticFact(Area, "features", e.Message, file.Card.Outputs.Features is null ? DiagnosticStatus.Note : DiagnosticStatus.Broken, "Without them there are no class activation maps; those of occlusion, RISE and LIME are there for any model."));
        }
    }

    private void Unfinished(CxrModelCard card, List<DiagnosticFact> facts)
    {
        facts.AddRange(card.Guesses.Select(g => new DiagnosticFact(Area, g, "guessed, and confirmed by nobody", DiagnosticStatus.Warning, "Compare it with the training's code, then take it out of \"guesses\".")));
        int nameless = card.Findings.Count(static f => f.Name.StartsWith("finding_", StringComparison.Ordinal) && int.TryParse(f.Name.AsSpan(8), out _));
        if (nameless > 0)
        {
            facts.Add(new DiagnosticFact(Area, "findings", $"{nameless} are called by their numbers", DiagnosticStatus.Warning, "Write the names of the training, in its order, and \"\" for an output that was never trained."));
        }

        int untrained = card.Findings.Count(static f => !f.IsTrained);
        if (untrained > 0)
        {
            facts.Add(new DiagnosticFact(Area, "findings", $"{untrained} of {card.Findings.Count} outputs were never trained and are no scores", DiagnosticStatus.Note));
        }

        if (card.Findings.All(static f => f.ThresholdProvenance.Length == 0 && f.OperatingPoints.Count == 0))
        {
            facts.Add(new DiagnosticFact(Area, "thresholds", "of no known origin", DiagnosticStatus.Note, "'cxrnet calibrate' fits them to scored images of yours."));
        }

        string[] empty = [.. new[] { ("intendedUse", card.IntendedUse.Length), ("limitations", card.Limitations.Count), ("trainingData", card.TrainingData.Count), ("license", card.License.Length) }.Where(static f => f.Item2 == 0).Select(static f => f.Item1)];
        if (empty.Length > 0)
        {
            facts.Add(new DiagnosticFact(Area, "words", $"{string.Join(", ", empty)} empty", DiagnosticStatus.Note, "Only a person can say whom the model is for, and what it was made from."));
        }
    }
}
