using CxrNet.Conformance;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Classification;

public sealed class TorchClassifierConforms : CxrClassifierConformance<TorchClassifier>
{
    protected override TorchClassifier Load(CxrModelCard card)
    {
        using CxrNetwork network = TinyNetworks.Create(card.Network!);
        return TorchClassifier.Load(OnnxExport.Classifier(network, card));
    }
}
