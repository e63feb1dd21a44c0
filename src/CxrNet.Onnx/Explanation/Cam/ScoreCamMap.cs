using System.Numerics.Tensors;

namespace CxrNet.Onnx;

/// <summary>Score-CAM: each plane, enlarged and brought to 0 … 1, masks the input; the planes are weighed by what the network then says: H. Wang et al., CVPRW 2020 (arXiv 1910.01279).</summary>
/// <remarks>Planes are enlarged bilinearly, corner on corner; weights are the softmax over the planes of the finding's logit, as in pytorch-grad-cam. One forward pass per plane.</remarks>
public sealed class ScoreCamMap : FeatureMap
{
    private const int Batch = 16;

    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public ScoreCamMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "scorecam";

    private protected override bool IsSigned => false;

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken) => view.Sum(Weights(view, cancellationToken));

    internal static float[] Weights(FeatureView view, CancellationToken cancellationToken)
    {
        OnnxFeatureModel model = view.Model;
        CardInput input = model.Input;
        int plane = input.Width * input.Height;
        float[] weights = new float[model.Channels];
        float[] mask = new float[plane];
        using TensorBuffer inputs = TensorBuffer.Rent(Batch, model.InputLength);
        using TensorBuffer logits = TensorBuffer.Rent(Batch, model.Card.Findings.Count);
        for (int first = 0; first < weights.Length; first += Batch)
        {
            int count = Math.Min(Batch, weights.Length - first);
            for (int i = 0; i < count; i++)
            {
                CornerAligned.Enlarge(view.Plane(first + i), model.Width, model.Height, mask, input.Width, input.Height);
                float min = TensorPrimitives.Min<float>(mask), range = TensorPrimitives.Max<float>(mask) - min;
                TensorPrimitives.Subtract(mask, min, mask);
                TensorPrimitives.Divide(mask, range + 1e-8f, mask);
                Multiply(view.Input.Span, mask, input, inputs[i]);
            }

            model.RunLogits(inputs.Values, count, logits.Values, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                weights[first + i] = logits[i][view.Target];
            }

            view.Scored?.Invoke(first + count, weights.Length);
        }

        // Shifted: exp of a logit above 88 is no finite float, and TensorPrimitives takes the values as they are.
        TensorPrimitives.Subtract(weights, TensorPrimitives.Max<float>(weights), weights);
        TensorPrimitives.SoftMax<float>(weights, weights);
        return weights;
    }

    private static void Multiply(ReadOnlySpan<float> image, float[] mask, CardInput input, Span<float> destination)
    {
        if (input.Layout == TensorLayout.Nhwc && input.Channels > 1)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = image[i] * mask[i / input.Channels];
            }

            return;
        }

        for (int start = 0; start < destination.Length; start += mask.Length)
        {
            TensorPrimitives.Multiply(image.Slice(start, mask.Length), mask, destination.Slice(start, mask.Length));
        }
    }
}
