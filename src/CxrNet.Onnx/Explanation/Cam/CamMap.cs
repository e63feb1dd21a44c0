namespace CxrNet.Onnx;

/// <summary>CAM: <c>sum_c w_c A_c</c> with the linear head's weights, without its bias: B. Zhou et al., CVPR 2016 (arXiv 1512.04150).</summary>
/// <remarks>For heads that are a mean over each plane and a linear layer. Grad-CAM is this divided by the number of cells there.</remarks>
public sealed class CamMap : FeatureMap
{
    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public CamMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "cam";

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken) => view.Sum(view.Model.LinearHead(view.Target));
}
