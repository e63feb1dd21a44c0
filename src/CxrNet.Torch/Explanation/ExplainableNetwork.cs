using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>A classifier as a list of layers, which gradient and CAM methods need to look inside.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a method is running, it lets that pass finish. It holds a copy of the network's weights.</remarks>
public sealed class ExplainableNetwork : IDisposable
{
    private readonly RunGate _gate;

    internal ExplainableNetwork(CxrModelCard card, LayerGraph graph, Device device, int maxBatch)
    {
        Card = card;
        Graph = graph;
        Device = device;
        MaxBatch = maxBatch;
        _gate = new RunGate(graph.Dispose);
        // A card's lung handling is done before a network sees the image.
        Input = card.Input with { Lungs = LungHandling.None };
        Layers = [.. graph.Layers.Where((_, i) => graph.IsPlanesOfLogits(i)).Select(static l => l.Name)];
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>The names of all layers whose output is planes that the logits depend on, from the input on: those that a CAM can be made from.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The planes that the card names as its features, else the last ones, which the head pools: where a CAM is made if nothing else is asked for.</summary>
    /// <exception cref="CxrModelException">The card names what is no planes that the logits depend on.</exception>
    public string DefaultLayer => Graph.Layers[Planes].Name;

    internal int Planes => Graph.Features >= 0 && Graph.IsPlanesOfLogits(Graph.Features)
        ? Graph.Features
        : throw new CxrModelException(Card.Id, $"The card of '{Card.Id}' names '{Card.Outputs.Features}' as its features, which is no tensor of planes that the logits depend on: name another one (outputs.features), or a layer in the call.");

    internal LayerGraph Graph { get; }

    internal Device Device { get; }

    internal int MaxBatch { get; }

    internal CardInput Input { get; }

    /// <summary>Reads a classifier of anybody's from an ONNX file: convolutional networks of the usual operators.</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">Its card; null where the file has one in its metadata.</param>
    /// <exception cref="CxrModelException">The file cannot be read, has no card, or has an operator that is not known, or not the logits that the card describes; or libtorch is missing.</exception>
    public static ExplainableNetwork FromOnnx(string path, CxrModelCard? card = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        TorchRuntime.Require(path);
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw new CxrModelException(path, $"'{path}' cannot be read as an ONNX file: {e.Message}", e);
        }

        string? json = model.MetadataProps.FirstOrDefault(static entry => entry.Key == CxrModelCardJson.MetadataKey)?.Value;
        card ??= json is null
            ? throw new CxrModelException(path, $"'{path}' has no model card: metadata_props lacks the key '{CxrModelCardJson.MetadataKey}', and none was given.")
            : CxrModelCardJson.Parse(json, path);
        CxrModelCardCheck.Require(card, CxrModelTask.Classification, path);
        if (card.Input.Layout != TensorLayout.Nchw)
        {
            throw new CxrModelException(path, $"'{path}': the card says the input layout {card.Input.Layout}; {TensorLayout.Nchw} expected.");
        }

        LayerGraph graph = OnnxLayers.Read(model.Graph ?? new GraphProto(), card.Input.Name, card.Outputs.Logits!, path, CPU, card.Outputs.Features);

        // A target beyond the card's findings, or a softmax over outputs that it does not name, would explain something else.
        LayerGraph checkedGraph = FirstPass.Of(graph, card, path, CPU, image =>
        {
            FirstPass.Require(path, card.Outputs.Logits, graph.Run(ExplanationRun.Given(LayerGraphBuilder.Input, image), [graph.Output])[graph.Output], [1, card.Findings.Count]);
            return graph;
        });
        return new ExplainableNetwork(card, checkedGraph, CPU, TorchOptions.Default.MaxBatch);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Close();

    internal static ExplainableNetwork Of(CxrNetwork network, CxrModelCard card, Device device, int maxBatch) =>
        new(card, OwnNetwork.CopyLayers(network, card, device), device, maxBatch);

    internal void Enter() => _gate.Enter(this);

    internal void Leave() => _gate.Leave();
}
