using CxrNet.Torch.Export;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Models;

/// <summary>From a file to a network: safetensors, an ONNX graph, or a PyTorch state_dict; and the card from the options, from inside the file, or from beside it, in this order.</summary>
internal static class TorchFile
{
    /// <summary>Reads card and network, ready to run.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">Its name, for errors.</param>
    /// <param name="beside">Where a card may lie; null where the file has no folder.</param>
    /// <param name="given">The caller's card; null for none.</param>
    /// <param name="task">What the network must be for.</param>
    /// <param name="device">Where it runs.</param>
    /// <exception cref="CxrModelException">The file is damaged, has no card or does not fit it.</exception>
    public static (CxrModelCard Card, ILoadedNetwork Network) Open(byte[] bytes, string source, string? beside, CxrModelCard? given, CxrModelTask task, Device device)
    {
        try
        {
            return OpenFile(bytes, source, beside, given, task, device);
        }
        catch (Exception e) when (e is not (CxrModelException or IOException or UnauthorizedAccessException))
        {
            // What no check foresaw is the file's fault all the same, and who reads the error has to know which file.
            throw new CxrModelException(source, $"'{source}' cannot be loaded: {e.Message.Split('\n')[0].TrimEnd()}", e);
        }
    }

    /// <summary>Reads a network of this library's own families, from a file that holds its card.</summary>
    public static (CxrModelCard Card, Module Network) Read(byte[] bytes, string source, CxrModelTask task)
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = CardOf(bytes, source, beside: null);
        CxrModelCardCheck.Require(card, task, source);
        return (card, Fill(card, bytes, source));
    }

    /// <summary>What a file is.</summary>
    /// <remarks>safetensors has its JSON header's brace as ninth byte; an ONNX file starts with a protobuf tag.</remarks>
    /// <exception cref="CxrModelException">It is a pickle of PyTorch's old format, which is code rather than data.</exception>
    internal static WeightFormat FormatOf(byte[] bytes, string source) =>
        bytes.Length > 8 && bytes[8] == (byte)'{' ? WeightFormat.Safetensors
        : StateDictFile.IsZip(bytes) ? WeightFormat.StateDict
        : StateDictFile.IsBarePickle(bytes) ? throw new CxrModelException(source, $"'{source}' is in torch.save's format from before PyTorch 1.6, or a whole pickled model; in Python, load it and write torch.save(model.state_dict(), …).")
        : WeightFormat.Onnx;

    /// <summary>The card inside a file; null where there is none.</summary>
    internal static CxrModelCard? FindCard(byte[] bytes, string source)
    {
        string? json = FormatOf(bytes, source) switch
        {
            WeightFormat.Onnx => OnnxWeights.CardJson(OnnxWeights.Parse(bytes, source)),
            WeightFormat.Safetensors => SafetensorsFile.ReadMetadata(bytes, source).GetValueOrDefault(CxrModelCardJson.MetadataKey),
            _ => null,
        };
        return json is null ? null : CxrModelCardJson.Parse(json, source);
    }

    /// <summary>Writes a network with its card; the inverse of <see cref="Read"/>.</summary>
    public static void Write(string path, Module network, CxrModelCard card) =>
        SafetensorsFile.Write(path, network.state_dict(), new Dictionary<string, string> { [CxrModelCardJson.MetadataKey] = card.ToJson() });

    /// <summary>An untrained network as a card describes it.</summary>
    /// <param name="card">Names the family and its sizes.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <param name="fileBytes">How long the file is that holds the weights: a network that it could not fill is not built.</param>
    /// <param name="folded">Whether normalisation is inside the convolutions.</param>
    internal static Module Build(CxrModelCard card, string source, long fileBytes, bool folded)
    {
        if (card.Network is { Family: "cxrnet" or "unet" })
        {
            OwnNetworkCheck.Require(card, source, fileBytes);
        }

        return card.Network switch
        {
            { Family: "cxrnet" } network => new CxrNetwork(network, card.Findings.Count, folded),
            { Family: "unet" } network => new MapNetwork(network, folded),
            null => throw new CxrModelException(source, $"'{source}': the card of '{card.Id}' does not say how its network is built (network.family), so libtorch cannot build it."),
            var other => throw new CxrModelException(source, $"'{source}': the network family '{other.Family}' is not known; one of cxrnet, unet, {string.Join(", ", FieldFamily.Names)} expected."),
        };
    }

    private static (CxrModelCard Card, ILoadedNetwork Network) OpenFile(byte[] bytes, string source, string? beside, CxrModelCard? given, CxrModelTask task, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrModelCard card = given ?? CardOf(bytes, source, beside);
        CxrModelCardCheck.Require(card, task, source);
        bool isOnnx = FormatOf(bytes, source) == WeightFormat.Onnx;
        if (FieldFamily.Of(card.Network) is not null || (card.Network is null && isOnnx))
        {
            GraphProto graph = isOnnx ? OnnxWeights.Parse(bytes, source).Graph : FieldGraph.Write(card, ReadWeights(bytes, source), source);
            card = isOnnx ? card : FieldGraph.Complete(card);
            return (card, new GraphNetwork(graph, card, source, device));
        }

        return (card, new OwnNetwork(Fill(card, bytes, source).to(device)));
    }

    private static CxrModelCard CardOf(byte[] bytes, string source, string? beside) =>
        FindCard(bytes, source)
        ?? (beside is not null && File.Exists(beside) ? CxrModelCardJson.Parse(File.ReadAllText(beside), beside) : null)
        ?? throw new CxrModelException(source, $"'{source}' has no model card, so nothing is known of its labels, input and network: put one beside it as '{Path.GetFileName(Path.ChangeExtension(source, ".card.json"))}', or into TorchOptions.Card, or into its metadata under '{CxrModelCardJson.MetadataKey}'.");

    private static Module Fill(CxrModelCard card, byte[] bytes, string source)
    {
        Module network = Build(card, source, bytes.Length, folded: FormatOf(bytes, source) == WeightFormat.Onnx);
        Fill(network, ReadWeights(bytes, source), source);
        network.eval();
        return network;
    }

    /// <summary>The tensors of a file, in the caller's dispose scope.</summary>
    internal static Dictionary<string, Tensor> ReadWeights(byte[] bytes, string source) => FormatOf(bytes, source) switch
    {
        WeightFormat.Onnx => OnnxWeights.ReadTensors(bytes, source),
        WeightFormat.Safetensors => SafetensorsFile.Read(bytes, source).Tensors,
        _ => StateDictFile.Read(bytes, source),
    };

    /// <summary>One tensor of a file that holds a network of this library.</summary>
    /// <param name="weights">What the file holds.</param>
    /// <param name="name">The tensor's name in it.</param>
    /// <param name="shape">The shape that the network asks for.</param>
    /// <param name="isFloat">Whether it asks for numbers, not counts.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <exception cref="CxrModelException">It is missing, of another shape or type, or damaged.</exception>
    internal static Tensor Take(Dictionary<string, Tensor> weights, string name, long[] shape, bool isFloat, string source)
    {
        if (!weights.TryGetValue(name, out Tensor? value))
        {
            throw new CxrModelException(source, $"'{source}' has no weights for '{name}', which its card's network asks for.");
        }

        if (!value.shape.AsSpan().SequenceEqual(shape))
        {
            throw new CxrModelException(source, $"'{source}': '{name}' is [{string.Join(", ", value.shape)}], its card's network asks for [{string.Join(", ", shape)}].");
        }

        if (value.is_floating_point() != isFloat)
        {
            throw new CxrModelException(source, $"'{source}': '{name}' holds {value.dtype}, its card's network asks for {(isFloat ? ScalarType.Float32 : ScalarType.Int64)}.");
        }

        if (isFloat && !value.isfinite().all().item<bool>())
        {
            throw new CxrModelException(source, $"'{source}': '{name}' has values that are no finite numbers; the weights are damaged.");
        }

        return value;
    }

    private static void Fill(Module network, Dictionary<string, Tensor> weights, string source)
    {
        using var noGrad = no_grad();
        string prefix = network is MapNetwork && weights.ContainsKey("map.out.weight") ? "map." : "";
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            tensor.copy_(Take(weights, prefix + name, tensor.shape, tensor.is_floating_point(), source));
        }
    }
}
