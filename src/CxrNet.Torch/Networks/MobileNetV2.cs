using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>The layers of MobileNetV2 1.0 (arXiv 1801.04381, table 2) for one grey channel, and how ImageNet's weights get into them.</summary>
internal static class MobileNetV2
{
    /// <summary>Channels of the stem.</summary>
    public const int StemWidth = 32;

    /// <summary>Channels of the last feature planes.</summary>
    public const int LastWidth = 1280;

    // Expansion, channels, repeats, stride of the first.
    internal static readonly (int Expansion, int Width, int Repeats, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>The stem: stride 2.</summary>
    public static ConvNorm Stem(bool folded) => new(1, StemWidth, 3, folded, stride: 2, Activation.Relu6, padAfter: true);

    /// <summary>The 17 blocks and the 1x1 convolution behind them.</summary>
    public static IEnumerable<Module<Tensor, Tensor>> Levels(bool folded)
    {
        int inputs = StemWidth;
        foreach ((int expansion, int width, int repeats, int stride) in Stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                yield return new InvertedResidual(inputs, width, i == 0 ? stride : 1, expansion, folded);
                inputs = width;
            }
        }

        yield return new ConvNorm(inputs, LastWidth, 1, folded, activation: Activation.Relu6);
    }

    /// <summary>Takes ImageNet's weights over in the next pass; grey input sums the three channels of the first kernel.</summary>
    /// <param name="stem">The stem.</param>
    /// <param name="levels">What <see cref="Levels"/> gave, unfolded.</param>
    /// <param name="weights">What <see cref="TorchvisionMobileNetV2.Folded"/> gave.</param>
    public static void Adopt(ConvNorm stem, ModuleList<Module<Tensor, Tensor>> levels, IReadOnlyDictionary<string, Tensor> weights)
    {
        stem.Adopt(weights["features.0.0.weight"].sum(1, keepdim: true), weights["features.0.0.bias"]);
        for (int i = 0; i < levels.Count; i++)
        {
            string features = $"features.{i + 1}";
            if (levels[i] is InvertedResidual block)
            {
                block.Adopt(weights, features);
            }
            else
            {
                ((ConvNorm)levels[i]).Adopt(weights[features + ".0.weight"], weights[features + ".0.bias"]);
            }
        }
    }
}
