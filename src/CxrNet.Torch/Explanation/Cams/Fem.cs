using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the share of their cells above mean + 2 standard deviations: K. A. A. Fuad et al. 2020 (doi 10.1109/IPTA50016.2020.9286629).</summary>
/// <remarks>At the layer's resolution; below 0 only where planes are, and 0 or more where the options say so. The same for every finding.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class Fem(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "fem";

    private protected override CamSigns Signs => CamSigns.WhereTheyOccur;

    private protected override bool IsOfFinding => false;

    private protected override CamNeeds Needs => CamNeeds.Activations;

    private protected override Tensor Weights(CamLayer layer)
    {
        Tensor a = layer.Activations, mean = a.mean([2, 3], keepdim: true);
        Tensor deviation = (a - mean).square().mean([2, 3], keepdim: true).sqrt();
        return (a > mean + (2 * deviation)).to(ScalarType.Float32).mean([2, 3]);
    }
}
