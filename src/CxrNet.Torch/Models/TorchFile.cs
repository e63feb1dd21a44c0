using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Models;

/// <summary>From a file to a network of this library: its own safetensors, or an ONNX file that it wrote, so that both backends run from one file.</summary>
internal static class TorchFile
{
    /// <summary>Reads card and network.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">Its name, for errors.</param>
    /// <param name="task">What the network must be for.</param>
    public static (CxrModelCard Card, Module Network) Read(byte[] bytes, string source, CxrModelTask task)
    {
        bool isSafetensors = !IsOnnx(bytes);
        using var scope = NewDisposeScope();
        (CxrModelCard card, Dictionary<string, Tensor> weights) = isSafetensors ? Own(bytes, source) : OnnxWeights.Read(bytes, source);
        CxrModelCardCheck.Require(card, task, source);
        Module network = Build(card, source, folded: !isSafetensors);
        Fill(network, weights, source);
        network.eval();
        return (card, network);
    }

    /// <summary>Whether a file is ONNX rather than safetensors, which has the JSON header's brace as its ninth byte; an ONNX file starts with a protobuf tag.</summary>
    internal static bool IsOnnx(byte[] bytes) => !(bytes.Length > 8 && bytes[8] == (byte)'{');

    /// <summary>The card alone.</summary>
    internal static CxrModelCard ReadCard(byte[] bytes, string source)
    {
        using var scope = NewDisposeScope();
        return IsOnnx(bytes) ? OnnxWeights.ReadCard(bytes, source) : Own(bytes, source).Item1;
    }

    /// <summary>Writes a network with its card; the inverse of <see cref="Read"/>.</summary>
    public static void Write(string path, Module network, CxrModelCard card) =>
        SafetensorsFile.Write(path, network.state_dict(), new Dictionary<string, string> { [CxrModelCardJson.MetadataKey] = card.ToJson() });

    /// <summary>An untrained network as a card describes it.</summary>
    internal static Module Build(CxrModelCard card, string source, bool folded) => card.Network switch
    {
        { Family: "cxrnet" } network => new CxrNetwork(network, card.Findings.Count, folded),
        { Family: "unet" } network => new MapNetwork(network, folded),
        null => throw new CxrModelException(source, $"'{source}': the card of '{card.Id}' does not say how its network is built, so libtorch cannot build it; run it with the ONNX backend."),
        var other => throw new CxrModelException(source, $"'{source}': the network family '{other.Family}' is not known; 'cxrnet' or 'unet' expected."),
    };

    private static (CxrModelCard, Dictionary<string, Tensor>) Own(byte[] bytes, string source)
    {
        (Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) = SafetensorsFile.Read(bytes, source);
        return metadata.TryGetValue(CxrModelCardJson.MetadataKey, out string? json)
            ? (CxrModelCardJson.Parse(json, source), tensors)
            : throw new CxrModelException(source, $"'{source}' has no model card: its metadata lacks the key '{CxrModelCardJson.MetadataKey}'.");
    }

    private static void Fill(Module network, Dictionary<string, Tensor> weights, string source)
    {
        using var noGrad = no_grad();
        string prefix = network is MapNetwork && weights.ContainsKey("map.out.weight") ? "map." : "";
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (!weights.TryGetValue(prefix + name, out Tensor? value))
            {
                throw new CxrModelException(source, $"'{source}' has no weights for '{prefix + name}', which its card's network asks for.");
            }

            if (!tensor.shape.AsSpan().SequenceEqual(value.shape))
            {
                throw new CxrModelException(source, $"'{source}': '{prefix + name}' is [{string.Join(", ", value.shape)}], its card's network asks for [{string.Join(", ", tensor.shape)}].");
            }

            if (value.is_floating_point() && !value.isfinite().all().item<bool>())
            {
                throw new CxrModelException(source, $"'{source}': '{prefix + name}' has values that are no finite numbers; the weights are damaged.");
            }

            tensor.copy_(value);
        }
    }
}
