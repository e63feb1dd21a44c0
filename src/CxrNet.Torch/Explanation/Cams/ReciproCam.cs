using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The score of each cell of the planes alone, all others at 0: S.-Y. Byun, W. Lee 2022 (arXiv 2209.14074), without its Gaussian.</summary>
/// <remarks>At the layer's resolution; in units of the score: the probability by default, where the logit is asked for with its sign. One pass of the head for each cell.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed, batch size, progress; the defaults where null.</param>
public sealed class ReciproCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "reciprocam";

    private protected override GradientScore DefaultScore => GradientScore.Probability;

    private protected override CamSigns Signs => Options.Score is null or GradientScore.Probability ? CamSigns.WhereTheyOccur : CamSigns.Kept;

    private protected override CamNeeds Needs => CamNeeds.Head;

    private protected override Tensor Map(CamLayer layer)
    {
        int height = (int)layer.Activations.shape[2], width = (int)layer.Activations.shape[3], cells = height * width;
        Tensor map = zeros([layer.Run.Images.Count, cells], device: layer.Activations.device);
        layer.Run.InParts(cells, (image, first, count) =>
        {
            // Not rows of one unit matrix: it would have cells x cells numbers.
            Tensor alone = nn.functional.one_hot(arange(first, first + count, ScalarType.Int64, map.device), cells).to(ScalarType.Float32).view(count, 1, height, width);
            map[image].slice(0, first, first + count, 1).copy_(layer.ScoreWith(image, alone * layer.Activations[image]));
        });
        return map.view(-1, height, width);
    }
}
