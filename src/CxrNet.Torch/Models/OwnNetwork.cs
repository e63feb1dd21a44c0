using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Models;

/// <summary>CXRNet or the lung segmenter, as modules.</summary>
/// <param name="network">Belongs to this object.</param>
internal sealed class OwnNetwork(Module network) : ILoadedNetwork
{
    public int PooledLength { get; } = network is CxrNetwork { HasMap: true } classifier ? classifier.PooledLength : 0;

    public (Tensor? Logits, Tensor? Map, Tensor? Pooled) Run(Tensor input) =>
        network is CxrNetwork classifier ? classifier.ForwardWithPooled(input) : (null, ((MapNetwork)network).forward(input), null);

    /// <summary>A classifier of this library as layers; they belong to the caller.</summary>
    public static LayerGraph CopyLayers(CxrNetwork classifier, CxrModelCard card, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        OnnxGraphBuilder written = new();
        classifier.Export(written);
        return OnnxLayers.Read(written.Graph, "input", "logits", card.Id, device);
    }

    public LayerGraph? Layers(CxrModelCard card, Device device) => network is CxrNetwork classifier ? CopyLayers(classifier, card, device) : null;

    public void Dispose() => network.Dispose();
}
