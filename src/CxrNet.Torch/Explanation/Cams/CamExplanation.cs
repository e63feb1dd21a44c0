using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Methods that make a coarse map from the planes of a layer.</summary>
/// <remarks>
/// At the layer's resolution: <see cref="HeatmapScaling.ToImageSize"/> enlarges it as the papers do. Those that the ONNX backend has too are the same maps, before the ReLU; those that are weighed by gradients are 0 or more (rectified). The options can say otherwise of each.
/// Of several layers each map is rectified, stretched to 0 … 1 and enlarged to the network's resolution, and their mean is given: magnitudes of different layers cannot be compared.
/// </remarks>
public abstract class CamExplanation : TorchExplanation
{
    private readonly int[] _layers;

    private protected CamExplanation(ExplainableNetwork network, TorchExplanationOptions? options)
        : base(network, options)
    {
        _layers = Options.Layers.Count == 0 ? [DefaultPlanes] : [.. Options.Layers.Select(IndexOf).Order().Distinct()];
    }

    /// <summary>Where the map is made if no layer is named.</summary>
    private protected virtual int DefaultPlanes => Network.Planes;

    private protected sealed override bool IsSigned => _layers.Length == 1 && (Options.Signed ?? (Signs == CamSigns.Kept));

    /// <summary>What becomes of values below 0 where the options do not say.</summary>
    private protected virtual CamSigns Signs => CamSigns.Dropped;

    /// <summary>How the method looks at a layer.</summary>
    private protected virtual CamNeeds Needs => CamNeeds.Gradients;

    /// <summary>The map before the ReLU, [n, h, w].</summary>
    private protected abstract Tensor Map(CamLayer layer);

    private protected sealed override Tensor Compute(ExplanationRun run) => MapOf(run);

    internal Tensor MapOf(ExplanationRun run)
    {
        Tensor[] maps = [.. LayersOf(run).Select(Map)];
        if (maps.Length == 1)
        {
            return Options.Signed ?? (Signs != CamSigns.Dropped) ? maps[0] : maps[0].clamp_min(0);
        }

        long[] size = run.Input.shape[2..];
        IEnumerable<Tensor> enlarged = maps.Select(m => PlaneScaling.Resize(PlaneScaling.Stretch(m.clamp_min(0)).unsqueeze(1), size).squeeze(1));
        return stack(enlarged).mean([0]);
    }

    /// <summary>The target layers of a batch.</summary>
    private protected IReadOnlyList<CamLayer> LayersOf(ExplanationRun run) => CamLayer.Of(run, _layers, Needs);

    private int IndexOf(string name)
    {
        LayerGraph graph = Network.Graph;
        string id = Network.Card.Id;
        int layer = graph.IndexOf(name);
        if (layer < 0)
        {
            throw new CxrModelException(id, $"'{id}' has no layer '{name}' whose output is planes that the logits depend on. It has {Network.Layers.Count} others, the nearest in name are {string.Join(", ", Nearest(name))}; the default is {Network.DefaultLayer}.");
        }

        return Options.Part == ExplainedPart.Network || graph.IsBehind(layer, graph.Encoder!.Value)
            ? layer
            : throw new CxrModelException(id, $"Layer '{name}' of '{id}' lies before the encoder, and {nameof(ExplainedPart)}.{nameof(ExplainedPart.Encoder)} explains what comes after.");
    }

    // Networks have hundreds of layers: all of their names would bury the answer.
    private IEnumerable<string> Nearest(string name) =>
        Network.Layers.OrderByDescending(layer => layer.AsSpan().CommonPrefixLength(name)).Take(3);
}
