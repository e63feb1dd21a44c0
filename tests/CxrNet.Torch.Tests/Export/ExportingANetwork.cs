using CxrNet.Onnx;
using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Export;

public sealed class ExportingANetwork
{
    public static TheoryData<string, string, int> Kinds => new()
    {
        { "map", "residual", 2 },
        { "product", "residual", 2 },
        { "product", "plain", 1 },
        { "blend", "residual", 1 },
        { "product", "mobilenet-v2", 2 },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void OnnxRuntimeGivesTheNumbersOfTheNetworkThatWasTrained(string feed, string block, int mapStride)
    {
        CardNetwork kind = TinyNetworks.Product with { Feed = feed, Block = block, MapStride = mapStride };
        using CxrNetwork network = TinyNetworks.Create(kind);
        CxrModelCard card = TinyNetworks.Card(kind);
        string own = Path.Combine(Directory.CreateTempSubdirectory().FullName, "own.safetensors");
        TorchFile.Write(own, network, card);

        using TorchClassifier torch = TorchClassifier.Load(own);
        using OnnxClassifier onnx = OnnxClassifier.Load(OnnxExport.Classifier(network, card));

        AssertEqual(torch.Classify(TinyNetworks.Images(5)), onnx.Classify(TinyNetworks.Images(5)), 1e-4f);
    }

    [Theory]
    [InlineData("residual")]
    [InlineData("mobilenet-v2")]
    public void BothBackendsGiveTheSamePooledFeatures(string block)
    {
        CardNetwork kind = TinyNetworks.Product with { Block = block };
        using CxrNetwork network = TinyNetworks.Create(kind);
        byte[] file = OnnxExport.Classifier(network, TinyNetworks.Card(kind));
        using TorchClassifier torch = TorchClassifier.Load(file, new TorchOptions { KeepFeatures = true });
        using OnnxClassifier onnx = OnnxClassifier.Load(file, new OnnxOptions { KeepFeatures = true });

        foreach ((CxrPrediction expected, CxrPrediction actual) in torch.Classify(TinyNetworks.Images(3)).Zip(onnx.Classify(TinyNetworks.Images(3))))
        {
            Assert.Equal(kind.MapWidths[^1] + (block == "residual" ? kind.EncoderWidths[^1] : 1280), actual.Features.Length);
            Assert.Equal(0, Greatest(expected.Features.ToArray(), actual.Features.ToArray()), 1e-4f);
            Assert.Equal(0, Greatest(expected.Thumbnail.ToArray(), actual.Thumbnail.ToArray()), 1e-6f);
        }

        using OnnxClassifier plain = OnnxClassifier.Load(file);
        Assert.True(plain.Classify(TinyNetworks.Images(1)[0]).Features.IsEmpty);
    }

    [Fact]
    public void AModelFileIsWrittenAgainUnderAnotherCard()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product);
        string folder = Directory.CreateTempSubdirectory().FullName;
        string first = Path.Combine(folder, "first.onnx");
        File.WriteAllBytes(first, OnnxExport.Classifier(network, card));
        string second = Path.Combine(folder, "second.onnx");

        CxrModelCard written = TrainedModel.Export(first, card with { Id = "again", Findings = [new CardFinding("covid19", 0.3f)] }, second, biases: [1, 0, 0, -1]);

        Assert.Equal("again", written.Id);
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.3f], written.Findings.Select(static f => f.Threshold));
        using OnnxClassifier before = OnnxClassifier.Load(first);
        using OnnxClassifier after = OnnxClassifier.Load(second);
        float[] shifted = [.. before.Classify(TinyNetworks.Images(1)[0]).Logits.Zip([1f, 0, 0, -1], static (z, b) => z + b)];
        Assert.Equal(0, Greatest(shifted, [.. after.Classify(TinyNetworks.Images(1)[0]).Logits]), 1e-5f);
    }

    [Fact]
    public void AnEncoderAloneHasNoMapOnEitherBackend()
    {
        CardNetwork kind = TinyNetworks.Product with { Feed = "image", MapWidths = [] };
        using CxrNetwork network = TinyNetworks.Create(kind);
        byte[] file = OnnxExport.Classifier(network, TinyNetworks.Card(kind));

        using TorchClassifier torch = TorchClassifier.Load(file);
        using OnnxClassifier onnx = OnnxClassifier.Load(file);

        CxrPrediction expected = torch.Classify(TinyNetworks.Images(1)[0]);
        CxrPrediction actual = onnx.Classify(TinyNetworks.Images(1)[0]);
        Assert.Null(actual.Map);
        Assert.Null(expected.Map);
        Assert.Equal(0, Greatest([.. expected.Logits], [.. actual.Logits]), 1e-4f);
    }

    [Fact]
    public void LibtorchRunsTheSameOnnxFile()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Classifier(network, TinyNetworks.Card(TinyNetworks.Product));

        using TorchClassifier torch = TorchClassifier.Load(file);
        using OnnxClassifier onnx = OnnxClassifier.Load(file);

        AssertEqual(torch.Classify(TinyNetworks.Images(3)), onnx.Classify(TinyNetworks.Images(3)), 1e-4f);
    }

    [Fact]
    public void HalfPrecisionStorageKeepsBothBackendsEqualAndTheNumbersClose()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product);
        byte[] half = OnnxExport.Classifier(network, card, halfPrecisionWeights: true);
        byte[] full = OnnxExport.Classifier(network, card);
        Assert.InRange(half.Length, 0, (full.Length * 6) / 10);

        using OnnxClassifier onnx = OnnxClassifier.Load(half);
        using TorchClassifier torch = TorchClassifier.Load(half);
        using OnnxClassifier reference = OnnxClassifier.Load(full);

        IReadOnlyList<CxrPrediction> halves = onnx.Classify(TinyNetworks.Images(3));
        AssertEqual(torch.Classify(TinyNetworks.Images(3)), halves, 1e-4f);
        AssertEqual(reference.Classify(TinyNetworks.Images(3)), halves, 2e-2f);
    }

    [Fact]
    public void ASegmenterIsTheSameOnBothBackends()
    {
        TorchSharp.torch.random.manual_seed(3);
        CardNetwork kind = new() { Family = "unet", MapStride = 2, MapWidths = [16, 32] };
        using MapNetwork network = new(kind, folded: false);
        TinyNetworks.Unsettle(network.state_dict());
        network.eval();
        CxrModelCard card = TinyNetworks.Card(kind) with { Task = CxrModelTask.LungSegmentation, Findings = [], Outputs = new CardOutputs { Logits = null, Map = "map" } };
        byte[] file = OnnxExport.Segmenter(network, card);

        using TorchLungSegmenter torch = TorchLungSegmenter.Load(file);
        using OnnxLungSegmenter onnx = OnnxLungSegmenter.Load(file);

        LungMask a = torch.Segment(TinyNetworks.Images(1))[0];
        LungMask b = onnx.Segment(TinyNetworks.Images(1))[0];
        Assert.Equal(0, Greatest(a.Probabilities, b.Probabilities), 1e-4f);
    }

    [Fact]
    public void TheHashOfTheWeightsFollowsTheWeightsAlone()
    {
        using CxrNetwork one = TinyNetworks.Create(TinyNetworks.Product);
        using CxrNetwork other = TinyNetworks.Create(TinyNetworks.Product, seed: 2);
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product);

        string hash = HashOf(one, card);
        Assert.Equal(64, hash.Length);
        Assert.Equal(hash, HashOf(one, card with { Description = "another" }));
        Assert.NotEqual(hash, HashOf(other, card));
    }

    private static string HashOf(CxrNetwork network, CxrModelCard card) =>
        OnnxWeights.ReadCard(OnnxExport.Classifier(network, card), "test").WeightsSha256;

    private static void AssertEqual(IReadOnlyList<CxrPrediction> expected, IReadOnlyList<CxrPrediction> actual, float tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(0, Greatest([.. expected[i].Logits], [.. actual[i].Logits]), tolerance);
            Assert.Equal(0, Greatest(expected[i].Map!.Values, actual[i].Map!.Values), tolerance);
        }
    }

    private static float Greatest(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float[] difference = new float[a.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract(a, b, difference);
        return MathF.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(difference));
    }
}
