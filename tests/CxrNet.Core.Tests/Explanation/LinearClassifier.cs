namespace CxrNet.Core.Tests.Explanation;

/// <summary>Two logits that are weighted sums of an 8 x 8 input, and their product where asked for: every attribution can be computed by hand.</summary>
internal sealed class LinearClassifier(bool interacting = false) : ICxrClassifier
{
    public const int Side = 8;

    public static float[] Weights { get; } = [.. Enumerable.Range(0, Side * Side).Select(i => MathF.Sin(i * 1.7f))];

    public CxrModelCard Card { get; } = new()
    {
        Id = "linear",
        Findings = [new("first"), new(""), new("second")],
        Input = new CardInput { Width = Side, Height = Side },
        Outputs = new CardOutputs(),
    };

    public int Calls { get; private set; }

    public int Images { get; private set; }

    public static GrayImage Image { get; } = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => 0.5f + (0.4f * MathF.Cos(i * 0.9f)))]);

    public float First(ReadOnlySpan<float> x)
    {
        float sum = 0.25f;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Weights[i] * x[i];
        }

        return interacting ? sum + (5 * x[0] * x[Side - 1] * x[^1]) : sum;
    }

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls++;
        Images += images.Count;
        return [.. images.Select(image =>
        {
            float first = First(image.Pixels);
            return new CxrPrediction { ModelId = "linear", Findings = [new("first", 0.5f, 0.5f), new("second", 0.5f, 0.5f)], Logits = [first, -first] };
        })];
    }

    public void Dispose()
    {
    }
}
