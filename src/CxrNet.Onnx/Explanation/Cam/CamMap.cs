namespace CxrNet.Onnx;

/// <summary>CAM: <c>sum_c w_c A_c</c> with the linear head's weights, without its bias: B. Zhou et al., CVPR 2016 (arXiv 1512.04150).</summary>
/// <remarks>For heads that are a mean over each plane and a linear layer. Grad-CAM is this divided by the number of cells there.</remarks>
public sealed class CamMap : FeatureMap
{
    /// <summary>Makes the method, and reads the head's weights off its answers where that was not done yet: a pass of the head for each plane.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CxrModelException">The head is no mean over each plane and a linear layer.</exception>
    public CamMap(OnnxFeatureModel model, CancellationToken cancellationToken = default)
        : base(model) => model.LinearHead(cancellationToken);

    /// <inheritdoc/>
    public override string Method => "cam";

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken) => view.Sum(view.Model.LinearHead(view.Target));
}
