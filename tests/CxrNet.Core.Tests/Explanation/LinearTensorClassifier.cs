namespace CxrNet.Core.Tests.Explanation;

/// <summary>A <see cref="LinearClassifier"/> that is asked for ready inputs.</summary>
internal sealed class LinearTensorClassifier(LinearClassifier inner) : ITensorClassifier
{
    public CxrModelCard Card => inner.Card;

    public int Inputs { get; private set; }

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Ready inputs were to be scored.");

    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
    {
        TensorInputGuard.Check(inputs, count, logits, Card);
        Inputs += count;
        for (int i = 0; i < count; i++)
        {
            float first = inner.First(inputs[i]);
            (logits[i][0], logits[i][1], logits[i][2]) = (first, 100, -first);
        }
    }

    public void Dispose()
    {
    }
}
