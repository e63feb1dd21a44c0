using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Where a network starts from: an earlier run, an exported model, or ImageNet.</summary>
internal static class StartingWeights
{
    // All planes stay until the pass ends: those of two batches take what a training step takes. Fewer images than these would say too little of a channel.
    private const int FewestImages = 32, MostImages = 128, Batches = 2;

    /// <summary>Takes over what <see cref="TrainingOptions.InitialWeights"/> and <see cref="TrainingOptions.InitialMap"/> name; without either the network stays as it was drawn.</summary>
    /// <returns>Whether E1 and D are those of a file, and were taught.</returns>
    /// <exception cref="CxrModelException">A file has not the tensors of this network, or tells other classes apart and no epoch teaches them.</exception>
    public static bool Load(TrainingOptions options, CxrNetwork network, TrainingSet set)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        ExportedModel? start = ExportedModel.Open(options.InitialWeights), other = ExportedModel.Open(options.InitialMap);
        bool hasMap = false;
        if (options.InitialWeights is { } file && start is null)
        {
            hasMap = LoadRun(file, network, set, options);
        }

        if (options.InitialMap is { } map && other is null)
        {
            RunWeights run = RunWeights.Open(map);
            run.CopyMap(network.state_dict());
            hasMap = run.IsMapTaught;
        }

        ExportedModel? ofMap = other ?? (options.InitialMap is null && network.HasMap && start is { HasMap: true } ? start : null);
        ofMap?.AdoptMap(network, options.Network);
        start?.AdoptEncoder(network, options.Network, set.Classes, isTaught: options.EncoderEpochs > 0);
        if (ofMap is not null || start is not null)
        {
            TakeStatistics(options, network, set, ofEncoder: start is not null);
        }

        return hasMap || ofMap is not null;
    }

    // A normalisation undoes the statistics that it is given, so they have to be those of what the first phase shows, or its first step would find another function.
    private static void TakeStatistics(TrainingOptions options, CxrNetwork network, TrainingSet set, bool ofEncoder)
    {
        network.eval();
        Tensor images = Statistics(set, options.BatchSize);
        Tensor? map = network.HasMap ? Passes.Alone(() => network.Map.forward(images)) : null;
        if (ofEncoder)
        {
            bool isWhole = map is null || options is { Preset: TrainingPreset.Faithful, EncoderEpochs: > 0 };
            Passes.Alone(() => network.Encoder.Features(isWhole ? images : network.Feed(images, map!)));
        }
    }

    // False where the file is ImageNet's, of E2 alone, or its map is as it was drawn.
    private static bool LoadRun(string file, CxrNetwork network, TrainingSet set, TrainingOptions options)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bool isStateDict = TorchFile.FormatOf(bytes, file) == WeightFormat.StateDict;
        IReadOnlyDictionary<string, Tensor> weights = TorchvisionMobileNetV2.Named(isStateDict ? StateDictFile.Read(bytes, file) : SafetensorsFile.Read(bytes, file).Tensors, file);
        if (!TorchvisionMobileNetV2.IsFile(weights))
        {
            if (isStateDict)
            {
                throw new CxrModelException(file, $"'{file}' is a PyTorch state_dict without '{TorchvisionMobileNetV2.LastConvolution}.weight'; torchvision's MobileNetV2, best.safetensors of an earlier run, or an ONNX file that export wrote is expected.");
            }

            RunWeights run = RunWeights.Open(file);
            run.CopyStart(network.state_dict(), set.Classes, isTaught: options.EncoderEpochs > 0);
            return network.HasMap && run.IsMapTaught;
        }

        if (!network.Encoder.IsMobileNetV2)
        {
            throw new CxrModelException(file, $"'{file}' holds MobileNetV2, and this network's E2 is none: choose CxrNet-S.");
        }

        network.Encoder.Adopt(TorchvisionMobileNetV2.Folded(weights, file), Statistics(set, options.BatchSize));
        return false;
    }

    // Evenly over the set, which may be sorted by class.
    private static Tensor Statistics(TrainingSet set, int batch)
    {
        int count = Math.Min(Math.Clamp(Batches * batch, FewestImages, MostImages), set.Count);
        return Standardization.PerImage(Batch.Take(set, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * set.Count / count))]).Images);
    }
}
