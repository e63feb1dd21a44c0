using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the score of the image seen through them: H. Wang et al. 2020 (arXiv 1910.01279).</summary>
/// <remarks>At the layer's resolution; below 0 only where planes are, and 0 or more where the options say so. Each plane is enlarged, stretched to 0 … 1 and multiplied into the input; the weights are the softmax over the planes of the scores. One pass of the network for each plane.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, part, signed, batch size, progress; the defaults where null.</param>
public sealed class ScoreCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "scorecam";

    private protected override CamSigns Signs => CamSigns.WhereTheyOccur;

    private protected override CamNeeds Needs => CamNeeds.Head;

    private protected override Tensor Weights(CamLayer layer)
    {
        ExplanationRun run = layer.Run;
        int planes = (int)layer.Activations.shape[1];
        long[] size = run.Input.shape[2..];
        Tensor scores = zeros([run.Images.Count, planes], device: layer.Activations.device);
        run.InParts(planes, (image, first, count) =>
        {
            Tensor masks = nn.functional.interpolate(layer.Activations[image].slice(0, first, first + count, 1).unsqueeze(1), size: size, mode: InterpolationMode.Bilinear, align_corners: true);
            Tensor lifted = masks - masks.amin([2, 3], keepdim: true);
            Tensor seen = run.Input[image] * (lifted / (masks.amax([2, 3], keepdim: true) - masks.amin([2, 3], keepdim: true) + 1e-8));
            scores[image].slice(0, first, first + count, 1).copy_(run.Score(run.Logits(seen), run.Targets[image].expand(count)));
        });
        return scores.softmax(1);
    }
}
