using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The planes' first principal component: M. B. Muhammad, M. Yeasin 2020 (arXiv 2008.00299).</summary>
/// <remarks>At the layer's resolution; signed, or 0 or more where the options say so. The same for every finding. The sign of a principal component is arbitrary; here it is the one that goes with the sum of the planes.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class EigenCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "eigencam";

    private protected override CamSigns Signs => CamSigns.Kept;

    private protected override bool IsOfFinding => false;

    private protected override CamNeeds Needs => CamNeeds.Activations;

    private protected override Tensor Map(CamLayer layer) => Principal.Component(layer.Activations);
}
