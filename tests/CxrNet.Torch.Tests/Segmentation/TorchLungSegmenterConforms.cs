using CxrNet.Conformance;

namespace CxrNet.Torch.Tests.Segmentation;

public sealed class TorchLungSegmenterConforms : LungSegmenterConformance<TorchLungSegmenter>
{
    protected override TorchLungSegmenter Load(CxrModelCard card) => Tiny.Segmenter(card);
}
