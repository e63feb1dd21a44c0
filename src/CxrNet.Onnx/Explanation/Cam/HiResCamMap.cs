namespace CxrNet.Onnx;

/// <summary>HiResCAM, <c>sum_c g_c A_c</c> with the logit's gradient g: R. L. Draelos, L. Carin (arXiv 2011.08891).</summary>
/// <remarks>Behind a mean over each plane and a linear layer the gradient is <c>w_c / cells</c> everywhere, so no backward pass is needed; Grad-CAM, XGrad-CAM and ShapleyCAM of the logit give the same map there. The values sum to the logit less its bias.</remarks>
public sealed class HiResCamMap : FeatureMap
{
    /// <summary>Makes the method, and reads the head's weights off its answers where that was not done yet: a pass of the head for each plane.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CxrModelException">The head is no mean over each plane and a linear layer.</exception>
    public HiResCamMap(OnnxFeatureModel model, CancellationToken cancellationToken = default)
        : base(model) => model.LinearHead(cancellationToken);

    /// <inheritdoc/>
    public override string Method => "hirescam";

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken)
    {
        float[] map = view.Sum(view.Model.LinearHead(view.Target));
        System.Numerics.Tensors.TensorPrimitives.Divide(map, map.Length, map);
        return map;
    }
}
