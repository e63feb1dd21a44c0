using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the share of the score that is lost without them: S. Desai, H. G. Ramaswamy 2020 (doi 10.1109/WACV45572.2020.9093360).</summary>
/// <remarks>At the layer's resolution; signed, or 0 or more where the options say so. w_c = (f - f with plane c at 0) / f; where f is negative the signs turn, as in the paper; where it is 0 the plain fall is taken, which keeps the shape of the map. One pass of the head for each plane.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed, batch size, progress; the defaults where null.</param>
public sealed class AblationCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "ablationcam";

    private protected override CamSigns Signs => CamSigns.Kept;

    private protected override CamNeeds Needs => CamNeeds.Head;

    private protected override Tensor Weights(CamLayer layer)
    {
        int planes = (int)layer.Activations.shape[1];
        Tensor weights = zeros([layer.Run.Images.Count, planes], device: layer.Activations.device);
        layer.Run.InParts(planes, (image, first, count) =>
        {
            Tensor kept = 1 - nn.functional.one_hot(arange(first, first + count, device: weights.device), planes).view(count, planes, 1, 1);
            Tensor score = layer.Scores![image];
            weights[image].slice(0, first, first + count, 1).copy_((score - layer.ScoreWith(image, kept * layer.Activations[image])) / where(score == 0, ones_like(score), score));
        });
        return weights;
    }
}
