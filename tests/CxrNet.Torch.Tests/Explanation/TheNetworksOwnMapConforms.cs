using CxrNet.Conformance;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class TheNetworksOwnMapConforms : ExplanationMapConformance<NetworkMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card)
    {
        using CxrNetwork network = TinyNetworks.Create(card.Network!);
        return TorchClassifier.Load(OnnxExport.Classifier(network, card));
    }

    protected override NetworkMap Create(ICxrClassifier classifier) => new(classifier);
}
