namespace CxrNet.Core.Tests.Composition;

/// <summary>Instances that answer by a formula and say what was asked of them.</summary>
internal static class Scripted
{
    public static CxrModelCard Card { get; } = new()
    {
        Id = "scripted-1",
        Findings = [new CardFinding("normal"), new CardFinding("covid19", 0.3f)],
        Input = new CardInput { Width = 4, Height = 4 },
        Outputs = new CardOutputs { Map = "map" },
        Temperature = 2,
    };

    /// <summary>An image whose mean is the level, with something to see on it.</summary>
    public static GrayImage Image(float level = 0.5f, int side = 80, RadiographInfo? info = null) =>
        new(side, side, [.. Enumerable.Range(0, side * side).Select(i => level + (i % 2 == 0 ? 0.1f : -0.1f))], info);

    public static float Mean(GrayImage image) => System.Numerics.Tensors.TensorPrimitives.Average<float>(image.Pixels);

    public static LungMask LeftHalf(GrayImage image) =>
        new(image.Width, image.Height, [.. Enumerable.Range(0, image.Width * image.Height).Select(i => i % image.Width < image.Width / 2 ? 0.9f : 0.1f)]);
}

internal sealed class ScriptedClassifier(CxrModelCard? card = null, Func<GrayImage, float[]>? logits = null) : ICxrClassifier
{
    private readonly Func<GrayImage, float[]> _logits = logits ?? (static image => [Scripted.Mean(image), 4 * Scripted.Mean(image)]);
    private int _images;

    public CxrModelCard Card { get; } = card ?? Scripted.Card;

    /// <summary>Runs at the start of each call, with the number of images.</summary>
    public Action<int, CancellationToken>? Before { get; init; }

    public Func<GrayImage, Heatmap?> Map { get; init; } = static image => new Heatmap(2, 2, [Scripted.Mean(image), 0, 0, 1], image.Width, image.Height);

    public float? Distance { get; init; }

    public string[] Warnings { get; init; } = [];

    public int Images => Volatile.Read(ref _images);

    public int Disposals { get; private set; }

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        Before?.Invoke(images.Count, cancellationToken);
        Interlocked.Add(ref _images, images.Count);
        StageTimings timings = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3));
        float[] distances = Distance is { } distance ? [.. images.Select(_ => distance)] : [];
        return [.. PredictionReader.Read([.. images.SelectMany(_logits)], images.Count, Card, [.. images.Select(Map)], images, timings, distances).Select(p => p with { Warnings = [.. p.Warnings, .. Warnings] })];
    }

    public void Dispose() => Disposals++;
}

internal sealed class ScriptedSegmenter(Func<GrayImage, LungMask>? mask = null) : ILungSegmenter
{
    public CxrModelCard Card { get; init; } = new() { Id = "scripted-lungs-1", Task = CxrModelTask.LungSegmentation, Input = new CardInput { Width = 4, Height = 4 } };

    public int Images { get; private set; }

    public int Disposals { get; private set; }

    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        Images += images.Count;
        return [.. images.Select(mask ?? Scripted.LeftHalf)];
    }

    public void Dispose() => Disposals++;
}

internal sealed class ScriptedExplanation(string method = "scripted", Func<GrayImage, Heatmap>? map = null) : IExplanationMap
{
    public string Method => method;

    public List<(int Width, int Height)> Seen { get; } = [];

    public int Disposals { get; private set; }

    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        Seen.AddRange(images.Select(static image => (image.Width, image.Height)));
        return [.. images.Select(map ?? (image => new Heatmap(2, 1, [1, target.Finding is null ? 0 : target.Finding.Length], image.Width, image.Height) { Method = method, Finding = target.Finding }))];
    }

    public void Dispose() => Disposals++;
}
