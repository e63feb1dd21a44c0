using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Export;

/// <summary>Turns what a training left into files that both backends load.</summary>
public static class TrainedModel
{
    /// <summary>Writes the best epoch of a run as ONNX and as safetensors, the card inside both.</summary>
    /// <param name="runFolder">The folder of a <see cref="CxrTrainer"/>'s or a <see cref="LungTrainer"/>'s run; or a model file that this library wrote, whose weights are then written again under the card given (of an ONNX file no safetensors, since its normalisation is folded); or a safetensors file or PyTorch state_dict of one of the field's networks, whose family the card given names (no safetensors either).</param>
    /// <param name="card">What the model says of itself; task, findings, input, network and outputs are set from the run.</param>
    /// <param name="onnxPath">The ONNX file to write; its sibling <c>.safetensors</c> is written too.</param>
    /// <param name="halfPrecisionWeights">Stores the ONNX file's weights as fp16: half the size, logits change by about 1e-3.</param>
    /// <param name="biases">Added to the logits of the findings, in their order, for example those of a calibration on validation images; null for none. The temperature that belongs to them is the card's.</param>
    /// <param name="encoderAlone">Writes E2 on the whole image without E1, D and the map: the plain classifier that the map's price is measured against.</param>
    /// <returns>The card as it was written.</returns>
    /// <exception cref="CxrModelException">The folder holds no finished epoch.</exception>
    public static CxrModelCard Export(string runFolder, CxrModelCard card, string onnxPath, bool halfPrecisionWeights = false, IReadOnlyList<double>? biases = null, bool encoderAlone = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        TorchRuntime.Require(card.Id);
        if (File.Exists(runFolder))
        {
            return Rewrite(runFolder, card, onnxPath, halfPrecisionWeights, biases);
        }

        Checkpoint run = Checkpoint.Find(runFolder) is { } found && File.Exists(Checkpoint.BestFile(runFolder))
            ? found
            : throw new CxrModelException(card.Id, $"'{runFolder}' holds no finished epoch of a training (checkpoint.json and best.safetensors).");
        CxrModelCard full = Complete(card, run, encoderAlone);
        using Module network = TorchFile.Build(full, runFolder, folded: false);
        Checkpoint.Copy(Checkpoint.BestFile(runFolder), network.state_dict());
        network.eval();
        CxrModelCard written = Write(network, full, onnxPath, halfPrecisionWeights, biases);
        TorchFile.Write(Path.ChangeExtension(onnxPath, ".safetensors"), network, written);
        return written;
    }

    private static CxrModelCard Rewrite(string file, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases)
    {
        byte[] bytes = File.ReadAllBytes(file);
        CxrModelCard? inside = TorchFile.FindCard(bytes, file);
        CxrModelCard own = inside ?? card;
        CxrModelCard full = card with { Task = own.Task, Findings = Merge([.. own.Findings.Select(static f => f.Name)], card), Activation = own.Activation, Input = own.Input, Network = own.Network };
        if (FieldFamily.Of(own.Network) is { } family)
        {
            return WriteField(family, bytes, file, full, onnxPath, halfPrecisionWeights, biases);
        }

        (_, Module network) = TorchFile.Read(bytes, file, own.Task);
        using (network)
        {
            CxrModelCard written = Write(network, full, onnxPath, halfPrecisionWeights, biases);
            if (TorchFile.FormatOf(bytes, file) != WeightFormat.Onnx)
            {
                TorchFile.Write(Path.ChangeExtension(onnxPath, ".safetensors"), network, written);
            }

            return written;
        }
    }

    private static CxrModelCard WriteField(FieldFamily family, byte[] bytes, string file, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases)
    {
        using var scope = NewDisposeScope();
        CxrModelCardCheck.Require(card, CxrModelTask.Classification, file);
        Dictionary<string, Tensor> weights = StateDictNames.Normalize(TorchFile.ReadWeights(bytes, file), family.FirstWeight, family.HeadWeight, file);
        if (biases is not null && weights.TryGetValue(family.HeadBias, out Tensor? bias))
        {
            weights[family.HeadBias] = bias.to(ScalarType.Float32) + ShiftOf(biases, card);
        }

        return Save(OnnxExport.Field(card, weights, file, halfPrecisionWeights), onnxPath);
    }

    private static CxrModelCard Write(Module network, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases)
    {
        Shift(network, biases, card);
        byte[] onnx = network is CxrNetwork classifier
            ? OnnxExport.Classifier(classifier, card, halfPrecisionWeights)
            : OnnxExport.Segmenter((MapNetwork)network, card, halfPrecisionWeights);
        return Save(onnx, onnxPath);
    }

    private static CxrModelCard Save(byte[] onnx, string onnxPath)
    {
        File.WriteAllBytes(onnxPath + ".tmp", onnx);
        File.Move(onnxPath + ".tmp", onnxPath, overwrite: true);
        return OnnxWeights.ReadCard(onnx, onnxPath);
    }

    private static CardFinding[] Merge(IReadOnlyList<string> names, CxrModelCard card) =>
        [.. names.Select(name => card.Findings.FirstOrDefault(f => f.Name == name) ?? new CardFinding(name))];

    // Into the last layer's bias, so that every engine runs it without knowing.
    private static void Shift(Module network, IReadOnlyList<double>? biases, CxrModelCard card)
    {
        if (biases is null)
        {
            return;
        }

        using var noGrad = no_grad();
        using Tensor shift = ShiftOf(biases, card);
        network.state_dict()["encoder.head.bias"].add_(shift);
    }

    private static Tensor ShiftOf(IReadOnlyList<double> biases, CxrModelCard card) => biases.Count == card.Findings.Count
        ? tensor(biases.Select(static b => (float)b).ToArray())
        : throw new ArgumentException($"{biases.Count} biases given, {card.Findings.Count} findings expected.", nameof(biases));

    private static CxrModelCard Complete(CxrModelCard card, Checkpoint run, bool encoderAlone)
    {
        bool classifies = run.Options.Network.Family == "cxrnet";
        bool plain = classifies && (encoderAlone || run.Options.Network.Feed == "image");
        return card with
        {
            Task = classifies ? CxrModelTask.Classification : CxrModelTask.LungSegmentation,
            Findings = classifies ? Merge(run.Classes, card) : [],
            Input = new CardInput { Height = run.Options.Side, Width = run.Options.Side, Normalization = InputNormalization.PerImage, Lungs = run.Options.Lungs },
            Network = plain ? run.Options.Network with { Feed = "image", MapWidths = [] } : run.Options.Network,
            Outputs = new CardOutputs { Logits = classifies ? "logits" : null, Map = plain ? null : "map", Pooled = classifies && !plain ? "pooled" : null },
        };
    }
}
