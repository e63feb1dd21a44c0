using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Networks;

/// <summary>MobileNetV2 1.0 as torchvision names it: its own state dictionary, or one under the same names with each batch normalisation folded into its convolution.</summary>
internal static class TorchvisionMobileNetV2
{
    /// <summary>The last convolution, which only a MobileNetV2 has under that name.</summary>
    public const string LastConvolution = "features.18.0";

    private const string FirstConvolution = "features.0.0";

    /// <summary>The same weights without the prefix of a wrapper.</summary>
    /// <exception cref="CxrModelException">There are several such networks.</exception>
    public static IReadOnlyDictionary<string, Tensor> Named(IReadOnlyDictionary<string, Tensor> weights, string file) =>
        StateDictNames.Normalize(weights, FirstConvolution + ".weight", LastConvolution + ".weight", file);

    /// <summary>Whether these are the weights of such a network.</summary>
    public static bool IsFile(IReadOnlyDictionary<string, Tensor> weights) => weights.ContainsKey(LastConvolution + ".weight");

    /// <summary>Weight and bias of every convolution, single precision, under torchvision's names of the convolutions.</summary>
    /// <param name="weights">The file's tensors.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="CxrModelException">A tensor is missing or has another shape; the message names file and tensor, what was found and what is expected.</exception>
    public static IReadOnlyDictionary<string, Tensor> Folded(IReadOnlyDictionary<string, Tensor> weights, string file)
    {
        Dictionary<string, Tensor> folded = [];
        foreach ((string convolution, string norm, long[] shape) in Convolutions())
        {
            Tensor weight = Take(weights, convolution + ".weight", shape, file);
            bool isFolded = weights.ContainsKey(convolution + ".bias");
            (folded[convolution + ".weight"], folded[convolution + ".bias"]) = isFolded
                ? (weight.to(ScalarType.Float32), Take(weights, convolution + ".bias", [shape[0]], file).to(ScalarType.Float32))
                : Fold(weight, norm, name => Take(weights, name, [shape[0]], file));
        }

        return folded;
    }

    private static (Tensor Weight, Tensor Bias) Fold(Tensor weight, string norm, Func<string, Tensor> take) =>
        NormFolding.Fold(weight, null, take(norm + ".weight"), take(norm + ".bias"), take(norm + ".running_mean"), take(norm + ".running_var"));

    private static Tensor Take(IReadOnlyDictionary<string, Tensor> weights, string name, long[] shape, string file)
    {
        string expected = $"torchvision's MobileNetV2 1.0, its normalisations as they are or folded into weight and bias of the convolutions, has it as [{string.Join(", ", shape)}]";
        return !weights.TryGetValue(name, out Tensor? value) ? throw new CxrModelException(file, $"'{file}' has no tensor '{name}'; {expected}.")
            : !value.shape.SequenceEqual(shape) ? throw new CxrModelException(file, $"'{file}' has a tensor '{name}' of [{string.Join(", ", value.shape)}]; {expected}.")
            : value;
    }

    private static IEnumerable<(string Convolution, string Norm, long[] Shape)> Convolutions()
    {
        yield return (FirstConvolution, "features.0.1", [MobileNetV2.StemWidth, 3, 3, 3]);
        (int block, int inputs) = (1, MobileNetV2.StemWidth);
        foreach ((int expansion, int width, int repeats, _) in MobileNetV2.Stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                (string at, int part, int hidden) = ($"features.{block++}.conv", 0, inputs * expansion);
                if (expansion > 1)
                {
                    yield return ($"{at}.{part}.0", $"{at}.{part++}.1", [hidden, inputs, 1, 1]);
                }

                yield return ($"{at}.{part}.0", $"{at}.{part++}.1", [hidden, 1, 3, 3]);
                yield return ($"{at}.{part}", $"{at}.{part + 1}", [width, hidden, 1, 1]);
                inputs = width;
            }
        }

        yield return (LastConvolution, "features.18.1", [MobileNetV2.LastWidth, inputs, 1, 1]);
    }
}
