using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Export;

/// <summary>Turns what a training left into files that both backends load.</summary>
/// <remarks>
/// Figures of merit belong to the weights that they were measured with, and so do temperature, thresholds, abstain level and guard. Of a run they are written only where the card's <see cref="CxrModelCard.WeightsSha256"/> is that of the
/// weights that are written; of a finished file also where the card has no hash or the file's own. Where biases are given the card's calibration is taken as the one that they belong to, and its figures still need the hash.
/// </remarks>
public static class TrainedModel
{
    /// <summary>Writes the best epoch of a run as ONNX and as safetensors, the card inside both.</summary>
    /// <param name="runFolder">The folder of a <see cref="CxrTrainer"/>'s or a <see cref="LungTrainer"/>'s run; or a model file that this library wrote, whose weights are then written again under the card given (of an ONNX file no safetensors, since its normalisation is folded); or a safetensors file or PyTorch state_dict of one of the field's networks, whose family the card given names (no safetensors either).</param>
    /// <param name="card">What the model says of itself; task, findings, activation, input, network and outputs are set from the run, and what was fitted or measured with other weights is left out.</param>
    /// <param name="onnxPath">The ONNX file to write; its sibling <c>.safetensors</c> is written too.</param>
    /// <param name="halfPrecisionWeights">Stores the ONNX file's weights as fp16: half the size, logits change by about 1e-3.</param>
    /// <param name="biases">Added to the logits of the findings, in their order, for example those of a calibration on validation images; null (the default) for none, and for a segmenter. The temperature that belongs to them is the card's.</param>
    /// <param name="encoderAlone">Writes E2 on the whole image without E1, D and the map: the plain classifier that the map's price is measured against. Of a classifier's run only; needed where no epoch has taught the map.</param>
    /// <returns>The card as it was written.</returns>
    /// <exception cref="CxrModelException">The folder holds no finished epoch, nothing has taught its map yet and not the encoder alone is asked for, or half precision cannot hold a weight; what was there before stays.</exception>
    /// <exception cref="ArgumentException">The encoder alone is asked of a finished file or of a lung segmenter, the biases are not as many as the findings or are for a segmenter, or the path is that of a safetensors file or beside the run's own best weights.</exception>
    public static CxrModelCard Export(string runFolder, CxrModelCard card, string onnxPath, bool halfPrecisionWeights = false, IReadOnlyList<double>? biases = null, bool encoderAlone = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        TorchRuntime.Require(card.Id);
        CheckTarget(runFolder, onnxPath);
        if (File.Exists(runFolder))
        {
            return encoderAlone
                ? throw new ArgumentException($"'{runFolder}' is a finished file; the encoder alone is written from the folder of a training.", nameof(encoderAlone))
                : Rewrite(runFolder, card, onnxPath, halfPrecisionWeights, biases);
        }

        Checkpoint run = Checkpoint.Find(runFolder) is { } found && File.Exists(Checkpoint.BestFile(runFolder))
            ? found
            : throw new CxrModelException(card.Id, $"'{runFolder}' holds no finished epoch of a training (checkpoint.json and best.safetensors).");
        RequireWhatIsThere(run, runFolder, card, encoderAlone);
        CxrModelCard full = Complete(card, run, encoderAlone);
        using Module network = TorchFile.Build(full, runFolder, new FileInfo(Checkpoint.BestFile(runFolder)).Length, folded: false);
        Checkpoint.Copy(Checkpoint.BestFile(runFolder), network.state_dict());
        network.eval();
        CxrModelCard written = Write(network, full, onnxPath, halfPrecisionWeights, biases, isVouched: false);
        TorchFile.Write(Path.ChangeExtension(onnxPath, ".safetensors"), network, written);
        return written;
    }

    /// <summary>Refuses a target that <see cref="Export"/> would refuse, before anything is computed for it.</summary>
    /// <param name="runFolder">As of <see cref="Export"/>.</param>
    /// <param name="onnxPath">The ONNX file to write.</param>
    /// <exception cref="ArgumentException">Its name is that of a safetensors file, which is written beside it, or the file beside it would take the place of the run's best weights, or of the finished file that is written again: a second export would add biases to biases.</exception>
    public static void CheckTarget(string runFolder, string onnxPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(onnxPath);
        string sibling = Path.GetFullPath(Path.ChangeExtension(onnxPath, ".safetensors"));
        if (sibling == Path.GetFullPath(onnxPath))
        {
            throw new ArgumentException($"'{onnxPath}' is the name of the weights beside the ONNX file; a name like '{Path.ChangeExtension(onnxPath, ".onnx")}' was expected.", nameof(onnxPath));
        }

        if (sibling == Path.GetFullPath(runFolder))
        {
            throw new ArgumentException($"'{onnxPath}' would overwrite '{runFolder}', which it is written from, with the weights beside it; another name was expected.", nameof(onnxPath));
        }

        if (sibling == Path.GetFullPath(Checkpoint.BestFile(runFolder)))
        {
            throw new ArgumentException($"'{onnxPath}' would overwrite the run's own '{Checkpoint.BestFile(runFolder)}' with the weights beside it; another name was expected.", nameof(onnxPath));
        }
    }

    private static void RequireWhatIsThere(Checkpoint run, string folder, CxrModelCard card, bool encoderAlone)
    {
        bool classifies = Classifies(run);
        if (encoderAlone && !classifies)
        {
            throw new ArgumentException($"'{folder}' is the training of a lung segmenter, which has no classifying encoder; the encoder alone is written from the training of a classifier.", nameof(encoderAlone));
        }

        if (classifies && !encoderAlone && run.Options.Network.Feed != "image" && !IsMapTaught(run, Checkpoint.BestFile(folder)))
        {
            throw new CxrModelException(card.Id, $"'{folder}': no epoch has taught the map, which would be written as it was drawn. Go on with the training until an epoch of the map is done (MapEpochs, --map-epochs), or write the encoder alone (encoderAlone, --encoder-alone).");
        }
    }

    // Weights of before they said it themselves are judged by what their run did; what it started from may have brought a map.
    private static bool IsMapTaught(Checkpoint run, string best) =>
        WeightNotes.Of(SafetensorsFile.ReadMetadata(Checkpoint.Bytes(best), best), best).IsMapTaught
            ?? (run.Options is { Preset: TrainingPreset.Paper } or { InitialWeights: not null } or { InitialMap: not null } || run is { Phase: > 0, Options.MapEpochs: > 0 });

    private static bool Classifies(Checkpoint run) => run.Options.Network.Family == "cxrnet";

    private static CxrModelCard Rewrite(string file, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases)
    {
        byte[] bytes = File.ReadAllBytes(file);
        CxrModelCard? inside = TorchFile.FindCard(bytes, file);
        CxrModelCard own = inside ?? card;
        CxrModelCard full = card with { Task = own.Task, Findings = Merge([.. own.Findings.Select(static f => f.Name)], card), Activation = own.Activation, Input = own.Input, Network = own.Network };
        bool isVouched = biases is null && (card.WeightsSha256.Length == 0 || card.WeightsSha256.Equals(inside?.WeightsSha256, StringComparison.OrdinalIgnoreCase));
        if (FieldFamily.Of(own.Network) is { } family)
        {
            return WriteField(family, bytes, file, full, onnxPath, halfPrecisionWeights, biases, isVouched);
        }

        (_, Module network) = TorchFile.Read(bytes, file, own.Task);
        using (network)
        {
            CxrModelCard written = Write(network, full, onnxPath, halfPrecisionWeights, biases, isVouched);
            if (TorchFile.FormatOf(bytes, file) != WeightFormat.Onnx)
            {
                TorchFile.Write(Path.ChangeExtension(onnxPath, ".safetensors"), network, written);
            }

            return written;
        }
    }

    private static CxrModelCard WriteField(FieldFamily family, byte[] bytes, string file, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases, bool isVouched)
    {
        using var scope = NewDisposeScope();
        CxrModelCardCheck.Require(card, CxrModelTask.Classification, file);
        Dictionary<string, Tensor> weights = StateDictNames.Normalize(TorchFile.ReadWeights(bytes, file), family.FirstWeight, family.HeadWeight, file);
        if (biases is not null && weights.TryGetValue(family.HeadBias, out Tensor? bias))
        {
            weights[family.HeadBias] = bias.to(ScalarType.Float32) + ShiftOf(biases, card);
        }

        return Save(stated => OnnxExport.Field(stated, weights, file, halfPrecisionWeights), card, isVouched, biases is not null, onnxPath);
    }

    private static CxrModelCard Write(Module network, CxrModelCard card, string onnxPath, bool halfPrecisionWeights, IReadOnlyList<double>? biases, bool isVouched)
    {
        Shift(network, biases, card);
        return Save(Onnx, card, isVouched, biases is not null, onnxPath);

        byte[] Onnx(CxrModelCard stated) => network is CxrNetwork classifier
            ? OnnxExport.Classifier(classifier, stated, halfPrecisionWeights)
            : OnnxExport.Segmenter((MapNetwork)network, stated, halfPrecisionWeights);
    }

    // The hash is of the graph's weights, so it is known when the graph is there; the card around them changes nothing of it.
    private static CxrModelCard Save(Func<CxrModelCard, byte[]> write, CxrModelCard card, bool isVouched, bool isCalibrated, string onnxPath)
    {
        byte[] onnx = write(card);
        CxrModelCard stated = CardOfWeights.Of(card, OnnxWeights.ReadCard(onnx, onnxPath).WeightsSha256, isVouched, isCalibrated);
        onnx = ReferenceEquals(stated, card) ? onnx : write(stated);
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

        if (network is not CxrNetwork)
        {
            throw new ArgumentException($"Biases given for '{card.Id}', which is a lung segmenter: it has no findings that they could be added to; null expected.", nameof(biases));
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
        bool classifies = Classifies(run);
        bool plain = classifies && (encoderAlone || run.Options.Network.Feed == "image");
        return card with
        {
            Task = classifies ? CxrModelTask.Classification : CxrModelTask.LungSegmentation,
            Findings = classifies ? Merge(run.Classes, card) : [],

            // Every classifier here learns one of many; a card of the field's models may say something else.
            Activation = classifies ? FindingActivation.Softmax : card.Activation,
            Input = new CardInput { Height = run.Options.Side, Width = run.Options.Side, Normalization = InputNormalization.PerImage, Lungs = run.Options.Lungs },
            Network = plain ? run.Options.Network with { Feed = "image", MapWidths = [] } : run.Options.Network,
            Outputs = new CardOutputs { Logits = classifies ? "logits" : null, Map = plain ? null : "map", Pooled = classifies && !plain ? "pooled" : null },
        };
    }
}
