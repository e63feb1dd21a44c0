using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Segmentation;

public sealed class StreamingASegmenterIn
{
    [Fact]
    public void ItIsReadToItsEndAndLeftOpen()
    {
        CardNetwork kind = new() { Family = "unet", MapStride = 2, MapWidths = [16, 32] };
        using MapNetwork network = new(kind, folded: false);
        network.eval();
        byte[] file = OnnxExport.Segmenter(network, TinyNetworks.Card(kind) with { Task = CxrModelTask.LungSegmentation, Findings = [], Outputs = new CardOutputs { Logits = null, Map = "map" } });
        using MemoryStream stream = new(file);

        using TorchLungSegmenter streamed = TorchLungSegmenter.Load(stream), whole = TorchLungSegmenter.Load(file);

        Assert.True(stream.CanRead);
        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal(whole.Segment(TinyNetworks.Images(1))[0].Probabilities.ToArray(), streamed.Segment(TinyNetworks.Images(1))[0].Probabilities.ToArray());
    }

    [Fact]
    public void ErrorsNameWhatItIsCalled()
    {
        using MemoryStream stream = new([1, 2, 3]);
        Assert.Contains("'mine'", Assert.Throws<CxrModelException>(() => TorchLungSegmenter.Load(stream, name: "mine")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => TorchLungSegmenter.Load((Stream)null!));
    }
}
