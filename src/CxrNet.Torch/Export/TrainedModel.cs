using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Export;

/// <summary>Turns what a training left into files that both backends load.</summary>
public static class TrainedModel
{
    /// <summary>Writes the best epoch of a run, or a weights file with a card, as ONNX and as safetensors with the card inside.</summary>
    /// <param name="runFolder">The folder of a <see cref="CxrTrainer"/>'s run.</param>
    /// <param name="card">What the model says of itself; findings, input, network and outputs are set from the run.</param>
    /// <param name="onnxPath">The ONNX file to write; its sibling <c>.safetensors</c> is written too.</param>
    /// <param name="halfPrecisionWeights">Stores the weights as fp16: half the size, logits change by about 1e-3.</param>
    /// <returns>The card as it was written.</returns>
    /// <exception cref="CxrModelException">The folder holds no finished epoch.</exception>
    public static CxrModelCard Export(string runFolder, CxrModelCard card, string onnxPath, bool halfPrecisionWeights = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        TorchRuntime.Require(card.Id);
        Checkpoint run = Checkpoint.Find(runFolder) is { } found && File.Exists(Checkpoint.BestFile(runFolder))
            ? found
            : throw new CxrModelException(card.Id, $"'{runFolder}' holds no finished epoch of a training (checkpoint.json and best.safetensors).");
        using CxrNetwork network = new(run.Options.Network, run.Classes.Count);
        Checkpoint.Copy(Checkpoint.BestFile(runFolder), network.state_dict());
        network.eval();
        CxrModelCard full = card with
        {
            Task = CxrModelTask.Classification,
            Findings = [.. run.Classes.Select(name => card.Findings.FirstOrDefault(f => f.Name == name) ?? new CardFinding(name))],
            Input = new CardInput { Height = run.Options.Side, Width = run.Options.Side, Normalization = InputNormalization.PerImage },
            Network = run.Options.Network,
            Outputs = new CardOutputs { Logits = "logits", Map = "map" },
        };
        byte[] onnx = OnnxExport.Classifier(network, full, halfPrecisionWeights);
        WriteWhole(onnxPath, onnx);
        CxrModelCard written = OnnxWeights.ReadCard(onnx, onnxPath);
        TorchFile.Write(Path.ChangeExtension(onnxPath, ".safetensors"), network, written);
        return written;
    }

    private static void WriteWhole(string path, byte[] bytes)
    {
        File.WriteAllBytes(path + ".tmp", bytes);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
