using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Where a network starts from: an earlier run, or ImageNet.</summary>
internal static class StartingWeights
{
    // Enough for the statistics of any channel, and one pass through the network fits into a gigabyte.
    private const int StatisticsImages = 128;

    /// <summary>E1 and D of an earlier run; E2 stays what it is.</summary>
    /// <exception cref="CxrModelException">The file has not the tensors of this network.</exception>
    public static void LoadMap(string file, CxrNetwork network) =>
        Checkpoint.Copy(file, network.state_dict().Where(static named => named.Key.StartsWith("map.", StringComparison.Ordinal)).ToDictionary());

    /// <exception cref="CxrModelException">The file has not the tensors of this network.</exception>
    public static void Load(string file, CxrNetwork network, TrainingSet set)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        byte[] bytes = File.ReadAllBytes(file);
        bool isStateDict = TorchFile.FormatOf(bytes, file) == WeightFormat.StateDict;
        IReadOnlyDictionary<string, Tensor> weights = TorchvisionMobileNetV2.Named(isStateDict ? StateDictFile.Read(bytes, file) : SafetensorsFile.Read(bytes, file).Tensors, file);
        if (!TorchvisionMobileNetV2.IsFile(weights))
        {
            if (isStateDict)
            {
                throw new CxrModelException(file, $"'{file}' is a PyTorch state_dict without '{TorchvisionMobileNetV2.LastConvolution}.weight'; torchvision's MobileNetV2, or best.safetensors of an earlier run, is expected.");
            }

            Checkpoint.Copy(file, network.state_dict());
            return;
        }

        if (!network.Encoder.IsMobileNetV2)
        {
            throw new CxrModelException(file, $"'{file}' holds MobileNetV2, and this network's E2 is none: choose CxrNet-S.");
        }

        // Evenly over the set, which may be sorted by class.
        int count = Math.Min(StatisticsImages, set.Count);
        Batch batch = Batch.Take(set, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * set.Count / count))]);
        network.Encoder.Adopt(TorchvisionMobileNetV2.Folded(weights, file), Standardization.PerImage(batch.Images));
    }
}
