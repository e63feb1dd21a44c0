using CsCheck;
using CxrNet.Models;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>On the shipped model, whose second encoder is a MobileNetV2.</summary>
public sealed class EqualizingChannels
{
    private static readonly byte[] Shipped = BundledModels.CxrNetS.ReadAllBytes();

    [Fact]
    public void TheFactorsThatAreChosenAddNoNoise() =>
        Gen.Select(Gen.Float[1e-3f, 1e3f], Gen.Float[1e-3f, 1e3f]).Array[2, 20].Sample(channels =>
        {
            ChannelStatistics seen = new(channels.Length);
            seen.Observe([.. channels.SelectMany(static c => (float[])[-c.Item1, 0, c.Item1 / 2, c.Item1])], 1);
            OnnxTensor reader = OnnxTensor.Of("w", [.. channels.Select(static c => c.Item2)], 1, channels.Length, 1, 1);

            float[] best = ChannelEqualization.Best([seen], [reader]);

            ChannelNoise noise = new([seen], [reader]);
            Assert.InRange(noise.Of(best), 0, noise.Of([.. best.Select(static _ => 1f)]));
        });

    [Fact]
    public void AChannelThatDwarfsTheOthersIsBroughtDownToThem()
    {
        ChannelStatistics seen = new(3);
        seen.Observe([-1, 1, -100, 100, -1, 1], 1);

        float[] best = ChannelEqualization.Best([seen], [OnnxTensor.Of("w", [1f, 0.01f, 1f], 1, 3, 1, 1)]);

        Assert.Equal(best[0], best[2]);
        Assert.InRange(best[1] / best[0], 10, 100);
    }

    [Fact]
    public void AChannelOfNothingIsLeftAsItIs()
    {
        ChannelStatistics seen = new(2);
        seen.Observe([0, 0, -3, 3], 1);
        Assert.Equal(1, ChannelEqualization.Best([seen], [OnnxTensor.Of("w", [0f, 1f], 1, 2, 1, 1)])[0]);
    }

    [Fact]
    public void TheNarrowTensorsOfInvertedResidualsAreGroupsAndTheirBoundedOnesAreNot()
    {
        OnnxGraphEditor graph = Folded();
        IReadOnlyList<ChannelGroup> groups = ChannelGroup.Find(graph);
        // Of MobileNetV2's seven stages each has one width, whose blocks are added up; the last of them is read once.
        Assert.Superset(new HashSet<int>([16, 24, 32, 64, 96, 160, 320]), groups.Select(static g => g.Channels).ToHashSet());
        Dictionary<string, List<OnnxNode>> readers = graph.Readers();
        Assert.All(groups.SelectMany(static g => g.Tensors), tensor => Assert.DoesNotContain(readers[tensor], static n => n.Operator is "Clip" or "Concat"));
    }

    [Fact]
    public void TheNetworkStaysWhatItWas()
    {
        GrayImage[] images = Quantized.Phantoms(ChannelEqualization.LeastImages);
        OnnxGraphEditor graph = Folded();
        OnnxFile file = OnnxFile.Read(Shipped, "model", folder: null, new OnnxOptions());
        CalibrationInputs inputs = CalibrationInputs.Prepare(images, file.Card, null, TestContext.Current.CancellationToken);
        string[] before = [.. graph.Constants.Keys];

        ChannelEqualization.Apply(file, graph, inputs, QuantizationOptions.Default, TestContext.Current.CancellationToken);

        Assert.NotEmpty(graph.Constants.Keys.Except(before));
        using OnnxClassifier first = OnnxClassifier.Load(Shipped), second = OnnxClassifier.Load(graph.Write());
        ModelParity parity = ModelParity.Compare(first, second, images, TestContext.Current.CancellationToken);
        Assert.InRange(parity.MaxLogitDifference, 0, 1e-3f);
        Assert.InRange(parity.MaxMapDifference!.Value, 0, 1e-3f);
    }

    [Fact]
    public void AFewImagesDoNotKnowTheRangesOfItsChannels()
    {
        QuantizationOptions options = new() { IntraOpThreads = 1 };
        Assert.True(Same(ChannelEqualization.LeastImages - 1));
        Assert.False(Same(ChannelEqualization.LeastImages));

        bool Same(int images) => Rounded(images, options).SequenceEqual(Rounded(images, options with { EqualizesChannels = false }));
    }

    private static byte[] Rounded(int images, QuantizationOptions options) =>
        OnnxQuantizer.Quantize(Shipped, Quantized.Phantoms(images), options, cancellationToken: TestContext.Current.CancellationToken).Model.ToArray();

    private static OnnxGraphEditor Folded()
    {
        OnnxGraphEditor graph = OnnxGraphEditor.Read(Shipped);
        ConstantFolding.Apply(graph);
        BatchNormFolding.Apply(graph);
        return graph;
    }
}
