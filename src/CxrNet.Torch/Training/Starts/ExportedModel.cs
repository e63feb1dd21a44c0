using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>A classifier that was exported to ONNX, as a start, a map or a teacher. Its normalisations are folded into its convolutions.</summary>
internal sealed class ExportedModel
{
    private readonly string _file;
    private readonly string[] _findings;
    private readonly CardNetwork _network;
    private readonly Dictionary<string, Tensor> _weights;

    private ExportedModel(string file, CxrModelCard card, CardNetwork network, Dictionary<string, Tensor> weights) =>
        (_file, _findings, _network, _weights) = (file, [.. card.Findings.Select(static finding => finding.Name)], network, weights);

    /// <summary>Whether it has E1 and D.</summary>
    public bool HasMap => _network.MapWidths.Count > 0;

    /// <summary>Reads a file, its tensors into the caller's dispose scope; null where there is none, or one of another kind (safetensors, a state_dict).</summary>
    /// <exception cref="CxrModelException">It is no file of weights, an ONNX file without this library's card, or no classifier of this library.</exception>
    public static ExportedModel? Open(string? file)
    {
        byte[] bytes = file is null ? [] : File.ReadAllBytes(file);
        return file is null || TorchFile.FormatOf(bytes, file) != WeightFormat.Onnx ? null : Read(bytes, file);
    }

    /// <summary>E1 and D, which take the statistics of what they see in their next pass; see <see cref="ConvNorm.Adopt"/>.</summary>
    /// <exception cref="CxrModelException">The file has none, or others.</exception>
    public void AdoptMap(CxrNetwork network, CardNetwork kind)
    {
        string Described(CardNetwork one) => one.MapWidths.Count == 0 ? "no map (it is E2 alone)" : $"a map of widths {string.Join("-", one.MapWidths)} at 1 / {one.MapStride} of the input";
        Require(Described(_network), Described(kind));
        Adopt(network.Map, "map.");
    }

    /// <summary>E2, likewise; its last layer as far as the file knows all classes.</summary>
    /// <param name="network">Takes it.</param>
    /// <param name="kind">How the network is built.</param>
    /// <param name="classes">What it is to tell apart.</param>
    /// <param name="isTaught">Whether the first phase teaches it: a last layer that is drawn anew knows nothing.</param>
    /// <exception cref="CxrModelException">The file has another encoder, or other findings and nothing teaches the last layer.</exception>
    public void AdoptEncoder(CxrNetwork network, CardNetwork kind, IReadOnlyList<string> classes, bool isTaught)
    {
        RequireEncoder(kind);
        int[]? rows = Rows(classes);
        if (rows is null && !isTaught)
        {
            throw new CxrModelException(_file, $"'{_file}' tells {Findings} apart, this training {string.Join(", ", classes)}: its last layer is drawn anew, and a map would be learnt through a classifier that knows nothing. Give EncoderEpochs (--epochs).");
        }

        Adopt(network.Encoder, "encoder.");
        if (rows is not null)
        {
            CopyHead(network.Encoder, rows);
        }
    }

    /// <summary>E2 of a network that only answers, its normalisations folded as here.</summary>
    /// <remarks>As a run's own weights answer: without the card's temperature.</remarks>
    /// <exception cref="CxrModelException">The file has another encoder, or does not know all classes.</exception>
    public void Fill(ClassifyingEncoder folded, CardNetwork kind, IReadOnlyList<string> classes)
    {
        RequireEncoder(kind);
        int[] rows = Rows(classes) ?? throw new CxrModelException(_file, $"'{_file}' tells {Findings} apart; a teacher of {string.Join(", ", classes)} was expected.");
        foreach ((string name, Tensor tensor) in folded.state_dict().Where(static named => !IsHead(named.Key)))
        {
            tensor.copy_(Weight("encoder." + name, tensor.shape));
        }

        CopyHead(folded, rows);
    }

    private static ExportedModel Read(byte[] bytes, string file)
    {
        CxrModelCard? card;
        try
        {
            card = TorchFile.FindCard(bytes, file);
        }
        catch (CxrModelException e)
        {
            throw new CxrModelException(file, $"'{file}' is no file of weights: best.safetensors of an earlier run, an ONNX file that export wrote, or a safetensors file or state_dict of MobileNetV2 was expected ({e.Message})", e);
        }

        return card switch
        {
            null => throw new CxrModelException(file, $"'{file}' is an ONNX file without this library's card; one that export wrote was expected."),
            { Task: CxrModelTask.Classification, Network: { Family: "cxrnet" } network } => new ExportedModel(file, card, network, OnnxWeights.ReadTensors(bytes, file)),
            _ => throw new CxrModelException(file, $"'{file}' is the model '{card.Id}' ({card.Task}, network {card.Network?.Family ?? "unknown"}); a classifier of this library (network cxrnet) was expected."),
        };
    }

    private string Findings => string.Join(", ", _findings);

    private static bool IsHead(string name) => name.StartsWith("head.", StringComparison.Ordinal);

    private void RequireEncoder(CardNetwork kind)
    {
        static string Described(CardNetwork one) => one.EncoderWidths.Count == 0 ? $"the encoder {one.Block}" : $"the encoder {one.Block} of widths {string.Join("-", one.EncoderWidths)}";
        Require(Described(_network), Described(kind));
    }

    private void Require(string found, string expected)
    {
        if (found != expected)
        {
            throw new CxrModelException(_file, $"'{_file}' has {found}; {expected} was expected.");
        }
    }

    // Of each class its row of the last layer; null where the file does not know them all.
    private int[]? Rows(IReadOnlyList<string> classes)
    {
        int[] rows = [.. classes.Select(name => Array.IndexOf(_findings, name))];
        return rows.Contains(-1) ? null : rows;
    }

    private void CopyHead(ClassifyingEncoder encoder, int[] rows)
    {
        using Tensor order = tensor(rows.Select(static row => (long)row).ToArray());
        foreach ((string name, Tensor tensor) in encoder.state_dict().Where(static named => IsHead(named.Key)))
        {
            long[] stored = [_findings.Length, .. tensor.shape[1..]];
            tensor.copy_(Weight("encoder." + name, stored).index_select(0, order));
        }
    }

    private void Adopt(Module network, string prefix)
    {
        foreach ((string name, ConvNorm layer) in network.named_modules().Where(static named => named.module is ConvNorm).Select(static named => (named.name, (ConvNorm)named.module)))
        {
            layer.Adopt(Weight($"{prefix}{name}.conv.weight", layer.Shape), Weight($"{prefix}{name}.conv.bias", [layer.Shape[0]]));
        }

        static bool IsPlain(string name) => !IsHead(name) && !name.Contains("conv.", StringComparison.Ordinal) && !name.Contains("norm.", StringComparison.Ordinal);
        foreach ((string name, Tensor tensor) in network.state_dict().Where(static named => IsPlain(named.Key)))
        {
            tensor.copy_(Weight(prefix + name, tensor.shape));
        }
    }

    private Tensor Weight(string name, long[] shape) => TorchFile.Take(_weights, name, shape, isFloat: true, _file);
}
