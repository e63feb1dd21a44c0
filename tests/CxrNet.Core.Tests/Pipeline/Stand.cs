namespace CxrNet.Core.Tests.Pipeline;

/// <summary>Parts of a pipeline that say what they saw.</summary>
internal static class Stand
{
    public static CxrModelCard Card(LungHandling lungs = LungHandling.None) => new()
    {
        Id = "stand-1",
        Findings = [new CardFinding("normal"), new CardFinding("covid19")],
        Input = new CardInput { Width = 4, Height = 4, Lungs = lungs },
        Outputs = new CardOutputs { Map = "map" },
    };

    /// <summary>A mask that holds the rectangle from (left, top) up to, not including, (right, bottom).</summary>
    public static LungMask Mask(int width, int height, int left, int top, int right, int bottom) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(i => i % width >= left && i % width < right && i / width >= top && i / width < bottom ? 1f : 0f)]);

    public static GrayImage Ramp(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(i => (i + 1f) / (width * height))]);
}

/// <summary>Scores every image alike and returns a map of ones over what it saw.</summary>
internal sealed class StandClassifier(CxrModelCard card, bool withMap = true) : ICxrClassifier
{
    public CxrModelCard Card => card;

    public List<GrayImage> Seen { get; } = [];

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Seen.AddRange(images);
        return [.. images.Select(image => new CxrPrediction
        {
            ModelId = card.Id,
            Findings = [new Finding("normal", 0.25f, 0.5f), new Finding("covid19", 0.75f, 0.5f)],
            Logits = [0, 1.0986123f],
            Map = withMap ? new Heatmap(2, 2, [1, 1, 1, 1], image.Width, image.Height) : null,
            Timings = new StageTimings(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3)),
        })];
    }

    public void Dispose() => IsDisposed = true;
}

internal sealed class StandSegmenter(Func<GrayImage, LungMask> mask) : ILungSegmenter
{
    public CxrModelCard Card => Stand.Card();

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => [.. images.Select(mask)];

    public void Dispose() => IsDisposed = true;
}

internal sealed class StandExplanation : IExplanationMap
{
    public string Method => "stand";

    public List<(GrayImage Image, ExplanationTarget Target)> Asked { get; } = [];

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        Asked.AddRange(images.Select(image => (image, target)));
        return [.. images.Select(image => new Heatmap(1, 1, [-0.5f], image.Width, image.Height) { Method = Method, Finding = target.Finding, IsSigned = true })];
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A format of its own: width, height, then one byte per pixel.</summary>
internal sealed class StandDecoder : IRadiographDecoder
{
    public DecodeLimits? Limits { get; private set; }

    public bool CanDecode(ReadOnlySpan<byte> header) => true;

    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        Limits = limits;
        return data.Length >= 2
            ? new DecodedImage(data.Span[0], data.Span[1], SampleFormat.UInt8, PhotometricMeaning.Monochrome2, data[2..], 8)
            : throw new InvalidDataException($"{data.Length} bytes found, 2 or more expected.");
    }
}
