using CxrNet.Onnx;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Composition;

/// <summary>Tiny models of this backend for a card.</summary>
internal static class Tiny
{
    public static TorchClassifier Classifier(CxrModelCard card) => TorchClassifier.Load(File(card, seed: 1));

    /// <summary>Another model's weights on the other backend: an ensemble does not ask what its members run on.</summary>
    public static OnnxClassifier OtherClassifier(CxrModelCard card) => OnnxClassifier.Load(File(card, seed: 2));

    public static TorchLungSegmenter Segmenter(CxrModelCard card)
    {
        TorchSharp.torch.random.manual_seed(1);
        using MapNetwork network = new(card.Network!, folded: false);
        TinyNetworks.Unsettle(network.state_dict());
        network.eval();
        return TorchLungSegmenter.Load(OnnxExport.Segmenter(network, card));
    }

    private static byte[] File(CxrModelCard card, int seed)
    {
        using CxrNetwork network = TinyNetworks.Create(card.Network!, seed);
        return OnnxExport.Classifier(network, card);
    }
}
