namespace CxrNet.Onnx;

/// <summary>Recipro-CAM: what the head says when it sees the features of one cell only: S.-Y. Byun, W. Lee, CVPRW 2024 (arXiv 2209.14074), without its Gaussian.</summary>
/// <remarks>One value per cell: the finding's probability (its logit where asked for) when the features are zero everywhere else. Only the head is run again, once per cell.</remarks>
public sealed class ReciproCamMap : FeatureMap
{
    private const int Batch = 32;

    private readonly ExplainedScore _score;

    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="score">The number that is shown; the probability by default.</param>
    public ReciproCamMap(OnnxFeatureModel model, ExplainedScore score = ExplainedScore.Probability)
        : base(model) => _score = score;

    /// <inheritdoc/>
    public override string Method => "reciprocam";

    private protected override bool IsSigned => _score == ExplainedScore.Logit;

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken)
    {
        OnnxFeatureModel model = view.Model;
        float[] map = new float[model.PlaneLength];
        using TensorBuffer features = TensorBuffer.Rent(Batch, model.FeatureLength);
        using TensorBuffer logits = TensorBuffer.Rent(Batch, model.Card.Findings.Count);
        for (int first = 0; first < map.Length; first += Batch)
        {
            int count = Math.Min(Batch, map.Length - first);
            features.Values.Span.Clear();
            for (int i = 0; i < count; i++)
            {
                for (int c = 0; c < model.Channels; c++)
                {
                    int at = (c * model.PlaneLength) + first + i;
                    features[i][at] = view.Features.Span[at];
                }
            }

            model.RunHead(features.Values, view.Input, count, logits.Values, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                map[first + i] = FindingScores.Of(logits[i], view.Target, model.Card, _score);
            }

            view.Scored?.Invoke(first + count, map.Length);
        }

        return map;
    }
}
