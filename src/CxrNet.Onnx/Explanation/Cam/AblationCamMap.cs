namespace CxrNet.Onnx;

/// <summary>Ablation-CAM: planes weighed by how much the logit falls, as a share of itself, when they are set to zero: S. Desai, H. G. Ramaswamy, WACV 2020.</summary>
/// <remarks><c>w_c = (f - f without c) / f</c>, with the logit's sign. Only the head is run again, once per plane.</remarks>
public sealed class AblationCamMap : FeatureMap
{
    private const int Batch = 32;

    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public AblationCamMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "ablationcam";

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken) => view.Sum(Weights(view, cancellationToken));

    internal static float[] Weights(FeatureView view, CancellationToken cancellationToken)
    {
        OnnxFeatureModel model = view.Model;
        float whole = view.Logits.Span[view.Target];
        float[] weights = new float[model.Channels];
        using TensorBuffer features = TensorBuffer.Rent(Batch, model.FeatureLength);
        using TensorBuffer logits = TensorBuffer.Rent(Batch, model.Card.Findings.Count);
        for (int first = 0; first < weights.Length; first += Batch)
        {
            int count = Math.Min(Batch, weights.Length - first);
            for (int i = 0; i < count; i++)
            {
                view.Features.Span.CopyTo(features[i]);
                features[i].Slice((first + i) * model.PlaneLength, model.PlaneLength).Clear();
            }

            model.RunHead(features.Values, view.Input, count, logits.Values, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                // A logit of zero has no shares; the plain fall keeps the map's shape.
                weights[first + i] = (whole - logits[i][view.Target]) / (whole == 0 ? 1 : whole);
            }

            view.Scored?.Invoke(first + count, weights.Length);
        }

        return weights;
    }
}
