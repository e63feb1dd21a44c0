namespace CxrNet.Core.Tests.Explanation;

/// <summary>Keeps the last input that it was given, and finds nothing.</summary>
internal sealed class ReadingClassifier(CardInput input) : ITensorClassifier
{
    public ReadingClassifier(int side)
        : this(new CardInput { Width = side, Height = side })
    {
    }

    public CxrModelCard Card { get; } = new() { Id = "reading", Findings = [new("first"), new("second")], Input = input };

    public float[] Last { get; private set; } = [];

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Ready inputs were to be scored.");

    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
    {
        Last = inputs[count - 1].ToArray();
        logits.Values.Span.Clear();
    }

    public void Dispose()
    {
    }
}
