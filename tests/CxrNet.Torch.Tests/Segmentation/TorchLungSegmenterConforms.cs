using CxrNet.Conformance;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Segmentation;

public sealed class TorchLungSegmenterConforms : LungSegmenterConformance<TorchLungSegmenter>
{
    protected override TorchLungSegmenter Load(CxrModelCard card)
    {
        TorchSharp.torch.random.manual_seed(1);
        using MapNetwork network = new(card.Network!, folded: false);
        TinyNetworks.Unsettle(network.state_dict());
        network.eval();
        return TorchLungSegmenter.Load(OnnxExport.Segmenter(network, card));
    }
}
