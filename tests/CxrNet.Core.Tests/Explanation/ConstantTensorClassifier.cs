namespace CxrNet.Core.Tests.Explanation;

/// <summary>Gives one logit for all inputs of a call, whatever they hold.</summary>
internal sealed class ConstantTensorClassifier(Func<int, float> logitOfCall) : ITensorClassifier
{
    private int _calls;

    public CxrModelCard Card { get; } = new() { Id = "constant", Findings = [new("first"), new("second")], Input = new CardInput { Width = 8, Height = 8 } };

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Ready inputs were to be scored.");

    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default) =>
        logits.Values.Span.Fill(logitOfCall(_calls++));

    public void Dispose()
    {
    }
}
