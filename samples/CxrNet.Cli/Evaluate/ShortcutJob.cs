using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>What a classifier leans on besides the lungs: its figures by source, without the lungs, on the lungs alone, beside a baseline that sees a few numbers of the image's border and exposure.</summary>
internal sealed class ShortcutJob(ModelChoice choice, TextWriter output, TextWriter error, bool json, string? record)
{
    /// <summary>Which finding is the healthy one; null for 'normal', where the model has it.</summary>
    public string? Healthy { get; init; }

    /// <summary>Which finding healthy ones must not be called; null for 'covid19', where the model has it.</summary>
    public string? Disease { get; init; }

    /// <summary>What the baselines learn on.</summary>
    public string TrainSplit { get; init; } = "train";

    private readonly ManifestImages _images = new(choice.Batch, error);

    public async Task<int> RunAsync(string manifest, string split, CancellationToken cancellationToken)
    {
        CardFigures.Check(record);
        IReadOnlyList<ManifestEntry> training = ImageManifest.Read(manifest, TrainSplit);
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest, split);
        using ICxrClassifier classifier = choice.Load();
        if (classifier.Card.Activation != FindingActivation.Softmax)
        {
            throw new CxrModelException(classifier.Card.Id, $"'{classifier.Card.Id}' has findings that do not exclude each other ({classifier.Card.Activation}); --shortcuts asks what an image is called, one finding each.");
        }

        CxrModelCard own = choice.OwnCard(classifier.Card);
        CardFigures.Check(record, own);
        using ILungSegmenter segmenter = (choice with { File = null }).LoadSegmenter();
        ShortcutTally tally = new([.. classifier.Card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name)]);
        string? healthy = Known(Healthy, "normal", "--healthy", tally.Names), disease = Known(Disease, "covid19", "--disease", tally.Names);
        ManifestScoring.RequireLabels(entries, tally.Names);
        await EachAsync(entries, $"checked '{split}'", segmenter, (group, masks) =>
        {
            GrayImage[] images = [.. group.Select(g => g.Image)];
            IReadOnlyList<CxrPrediction> whole = Classify(classifier, images, masks, cancellationToken);
            IReadOnlyList<CxrPrediction> without = Classify(classifier, [.. images.Select((image, i) => LungBlanking.WithoutLungs(image, masks[i]))], masks, cancellationToken);
            IReadOnlyList<CxrPrediction> alone = Classify(classifier, [.. images.Select((image, i) => LungBlanking.LungsAlone(image, masks[i]))], masks, cancellationToken);
            for (int i = 0; i < images.Length; i++)
            {
                tally.Add(group[i].Entry, images[i], masks[i], whole[i], without[i], alone[i]);
            }
        }, cancellationToken);
        ManifestScoring.RequireSome(tally.Entries.Count, entries.Count, split);
        ShortcutTally baseline = new(tally.Names);
        await EachAsync(training, $"measured '{TrainSplit}'", segmenter, (group, masks) =>
        {
            for (int i = 0; i < group.Count; i++)
            {
                baseline.AddCues(group[i].Entry, group[i].Image, masks[i]);
            }
        }, cancellationToken);

        ManifestScoring.RequireSome(baseline.Entries.Count, training.Count, TrainSplit);
        ShortcutLine line = ShortcutLine.From(classifier.Card.Id, split, TrainSplit, tally, baseline, healthy, disease);
        if (json)
        {
            await output.WriteLineAsync(JsonLines.Of(line));
        }
        else
        {
            ShortcutTable.Write(Terminal.On(output), line);
        }

        CardFigures.Record(record, split, own, CardFigures.Of(line));
        return _images.Failed > 0 ? 1 : 0;
    }

    // What was asked for must be there; what is looked for by itself may be missing.
    private static string? Known(string? asked, string usual, string option, string[] names) => asked switch
    {
        null => names.Contains(usual) ? usual : null,
        _ when names.Contains(asked) => asked,
        _ => throw new InvalidDataException($"{option} is '{asked}'; the model knows {string.Join(", ", names)}."),
    };

    // With lungs that are known: on a changed image a segmenter would find others.
    private static IReadOnlyList<CxrPrediction> Classify(ICxrClassifier classifier, GrayImage[] images, IReadOnlyList<LungMask> masks, CancellationToken cancellationToken) =>
        classifier is LungFocusedClassifier focused ? focused.Classify(images, masks, cancellationToken) : classifier.Classify(images, cancellationToken);

    private Task EachAsync(IReadOnlyList<ManifestEntry> entries, string what, ILungSegmenter segmenter, Action<IReadOnlyList<(ManifestEntry Entry, GrayImage Image)>, IReadOnlyList<LungMask>> each, CancellationToken cancellationToken) =>
        _images.EachAsync(entries, what, rows => each(rows, segmenter.Segment([.. rows.Select(static row => row.Image)], cancellationToken)), cancellationToken);
}
