using CxrNet.Torch.Explanation;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch;

/// <summary>Guided backpropagation where Grad-CAM is: their product, R. R. Selvaraju et al. 2017 (arXiv 1610.02391).</summary>
/// <remarks>At the network's resolution; signed, not normalised. Of several target layers the mean of the maps is taken.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, part, enlargement; the defaults where null.</param>
public sealed class GuidedGradCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    private readonly GradCam _coarse = new(network, (options ?? TorchExplanationOptions.Default) with { Signed = false });

    /// <inheritdoc/>
    public override string Method => "guided_gradcam";

    private protected override Tensor Compute(ExplanationRun run)
    {
        Tensor coarse = _coarse.MapOf(run).unsqueeze(1);
        InterpolationMode mode = Options.Enlargement == MapEnlargement.Nearest ? InterpolationMode.Nearest : InterpolationMode.Bilinear;
        Tensor map = functional.interpolate(coarse, size: run.Input.shape[2..], mode: mode, align_corners: mode == InterpolationMode.Nearest ? null : false);
        return (run.PropagateScore(new GuidedRule()) * map).sum(1);
    }
}
