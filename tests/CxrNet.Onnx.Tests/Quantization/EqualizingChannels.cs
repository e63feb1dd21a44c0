using CxrNet.Models;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>On the shipped model, whose second encoder is a MobileNetV2.</summary>
public sealed class EqualizingChannels
{
    private static readonly byte[] Shipped = BundledModels.CxrNetS.ReadAllBytes();

    [Theory]
    [InlineData(127)]
    [InlineData(63)]
    public void TheEstimateIsTheErrorThatRoundingMakes(int weightLimit)
    {
        RoundedProduct product = new(seed: 1);
        ChannelNoise noise = product.Noise(weightLimit);
        float[] ones = [.. Enumerable.Repeat(1f, RoundedProduct.Channels)], best = ChannelEqualization.Best([product.Statistics], noise)!;
        Assert.InRange(product.Error(best, weightLimit) / noise.Of(best), 0.75, 1.25);

        // Channels of less than a step are rounded to nothing, which costs less than the estimate says.
        Assert.InRange(product.Error(ones, weightLimit) / noise.Of(ones), 0.3, 1.25);
    }

    [Fact]
    public void RoundingLosesLessWithTheFactorsThatAreChosen()
    {
        foreach (int seed in Enumerable.Range(1, 10))
        {
            RoundedProduct product = new(seed);
            float[] best = ChannelEqualization.Best([product.Statistics], product.Noise(127))!;
            double before = product.Error([.. best.Select(static _ => 1f)], 127), after = product.Error(best, 127);
            Assert.True(after < before / 2, $"seed {seed}: {before:E2} before, {after:E2} after");
        }
    }

    [Fact]
    public void ADeadChannelDoesNotKeepTheOthersFromIt()
    {
        ChannelStatistics seen = new(3);
        seen.Observe([0, 0, -0.01f, 0.01f, -1, 1], 1);
        ChannelNoise noise = new([seen], [OnnxTensor.Of("w", [1f, 1f, 0.01f], 1, 3, 1, 1)], 127);
        float[] best = ChannelEqualization.Best([seen], noise)!;
        Assert.True(best[2] > best[1] && best[1] > 0 && best[0] > 0 && best[0] < best[2]);
        Assert.InRange(best[2] / best[0], 1, 256);
    }

    [Fact]
    public void ChannelsThatAreAlikeAreLeftAsTheyAre()
    {
        ChannelStatistics seen = new(2);
        seen.Observe([-1, 1, -1, 1], 1);
        Assert.Null(ChannelEqualization.Best([seen], new ChannelNoise([seen], [OnnxTensor.Of("w", [1f, 1f], 1, 2, 1, 1)], 127)));
    }

    [Fact]
    public void SeveralImagesInABatchCountAlike()
    {
        ChannelStatistics together = new(2), alone = new(2);
        together.Observe([1, 1, 2, 2, 3, 3, 4, 4], 2);
        alone.Observe([1, 1, 2, 2], 1);
        alone.Observe([3, 3, 4, 4], 1);
        Assert.Equal([5, 10], together.MeanSquares());
        Assert.Equal(alone.MeanSquares(), together.MeanSquares());
        Assert.Equal((3, 4), (together.Magnitude(0), together.Magnitude(1)));
    }

    [Fact]
    public void TheNarrowTensorsOfInvertedResidualsAreGroupsAndTheirBoundedOnesAreNot()
    {
        OnnxGraphEditor graph = Folded();
        IReadOnlyList<ChannelGroup> groups = ChannelGroup.Find(graph, []);
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

        ChannelEqualization.Apply(file, graph, QuantizationPlan.Make(graph, file.Card, QuantizationOptions.Default), inputs, QuantizationOptions.Default, TestContext.Current.CancellationToken);

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

    [Fact]
    public void AnOutputThatIsToStayAsExactAsItIsDoes()
    {
        QuantizationOptions options = new() { ExcludedOutputs = ["map"], IntraOpThreads = 1 };
        using OnnxClassifier fp32 = OnnxClassifier.Load(Shipped), kept = OnnxClassifier.Load(Rounded(ChannelEqualization.LeastImages, options));
        ModelParity parity = ModelParity.Compare(fp32, kept, Quantized.Phantoms(2, seed: 50), TestContext.Current.CancellationToken);
        Assert.InRange(parity.MaxMapDifference!.Value, 0, 1e-5f);
        Assert.True(parity.MaxLogitDifference > 1e-3f);
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
