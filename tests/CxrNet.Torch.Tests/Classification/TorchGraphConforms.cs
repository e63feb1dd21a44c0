using CxrNet.Conformance;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Classification;

/// <summary>The same suite for a graph whose card does not say how it was built: it is run layer by layer, as other people's ONNX files and the networks of the field are.</summary>
public sealed class TorchGraphConforms : CxrClassifierConformance<TorchClassifier>
{
    protected override TorchClassifier Load(CxrModelCard card)
    {
        using CxrNetwork network = TinyNetworks.Create(card.Network!);
        return TorchClassifier.Load(OnnxExport.Classifier(network, card with { Network = null }));
    }
}
