using CxrNet.Torch.Export;
using CxrNet.Torch.Tests.Models.StateDicts;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks.Field;

public sealed class FittingWeights
{
    private readonly CxrModelCard _card = FieldNetworks.Tiny("resnet18");

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("module.backbone.net.")]
    public void AWrappersPrefixIsTakenOff(string prefix)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card);
        using TorchClassifier plain = FieldNetworks.Load(TorchSave.StateDict(weights), _card), wrapped = FieldNetworks.Load(TorchSave.StateDict(Prefixed(weights, prefix)), _card);

        Assert.Equal(FieldNetworks.Logits(plain), FieldNetworks.Logits(wrapped));
    }

    [Fact]
    public void TwoNetworksInOneFileAreAmbiguous()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card);
        Refused(Prefixed(weights, "student.").Concat(Prefixed(weights, "teacher.")).ToDictionary(), "2 networks", "'student.'", "'teacher.'");
    }

    [Fact]
    public void WhatIsMissingWrongOrTooMuchIsNamedTogether()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card);
        weights.Remove("layer2.0.bn1.running_mean");
        weights["layer1.0.conv1.weight"] = zeros(16, 16, 5, 5);
        weights["fc.bias"] = tensor(new long[] { 1, 2, 3, 4 });
        weights["layer9.weight"] = zeros(1);

        Refused(weights, "misses 'layer2.0.bn1.running_mean'", "'layer1.0.conv1.weight' is [16, 16, 5, 5], [16, 16, 3, 3] expected", "'fc.bias' holds Int64", "unexpected 'layer9.weight'");
    }

    [Fact]
    public void WeightsThatAreNoNumbersAreNamed()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card);
        weights["fc.weight"] = full(weights["fc.weight"].shape, float.NaN);
        Refused(weights, "'fc.weight' has values that are no finite numbers");
    }

    [Fact]
    public void CountersAndTorchxrayvisionsOperatingPointsMayLieBeside()
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny("densenet121");
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(card);
        using TorchClassifier plain = FieldNetworks.Load(TorchSave.StateDict(weights), card);
        weights["features.norm0.num_batches_tracked"] = tensor(100L);
        weights["op_threshs"] = full(4, float.NaN);
        using TorchClassifier beside = FieldNetworks.Load(TorchSave.StateDict(weights), card);

        Assert.Equal(FieldNetworks.Logits(plain), FieldNetworks.Logits(beside));
    }

    [Fact]
    public void NamesOfDenseNetsFrom2018AreKnown()
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny("densenet121");
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(card);
        Dictionary<string, Tensor> old = weights.ToDictionary(static w => w.Key.Contains("denselayer", StringComparison.Ordinal) ? w.Key.Replace("norm1", "norm.1").Replace("norm2", "norm.2").Replace("conv1", "conv.1").Replace("conv2", "conv.2") : w.Key, static w => w.Value);
        using TorchClassifier modern = FieldNetworks.Load(TorchSave.StateDict(weights), card), ancient = FieldNetworks.Load(TorchSave.StateDict(old), card);

        Assert.Contains("features.denseblock1.denselayer1.norm.1.weight", old.Keys);
        Assert.Equal(FieldNetworks.Logits(modern), FieldNetworks.Logits(ancient));
    }

    [Fact]
    public void HalfPrecisionWeightsAreComputedInSingle()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card), rounded = weights.ToDictionary(static w => w.Key, static w => w.Value.to(ScalarType.BFloat16));
        using TorchClassifier half = FieldNetworks.Load(TorchSave.StateDict(rounded), _card), single = FieldNetworks.Load(TorchSave.StateDict(rounded.ToDictionary(static w => w.Key, static w => w.Value.to(ScalarType.Float32))), _card);

        Assert.Equal(FieldNetworks.Logits(single), FieldNetworks.Logits(half));
    }

    [Fact]
    public void ACardBesideTheFileIsFound()
    {
        using var scope = NewDisposeScope();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "net.pt");
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(_card);
        File.WriteAllBytes(file, TorchSave.StateDict(weights));
        Assert.Contains("'net.card.json'", Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file)).Message, StringComparison.Ordinal);

        File.WriteAllText(Path.ChangeExtension(file, ".card.json"), _card.ToJson());
        using TorchClassifier found = TorchClassifier.Load(file), given = FieldNetworks.Load(File.ReadAllBytes(file), _card);

        Assert.Equal("resnet18", found.Card.Id);
        Assert.Equal([16, 16, 24, 32], found.Card.Network!.EncoderWidths);
        Assert.Equal(FieldNetworks.Logits(given), FieldNetworks.Logits(found));
    }

    [Fact]
    public void SizesThatNoNetworkHasAreRefusedBeforeAnythingIsMade()
    {
        using var scope = NewDisposeScope();
        byte[] file = TorchSave.StateDict(FieldNetworks.Draw(_card));
        CxrModelCard Sized(int[] widths, int[] repeats) => _card with { Network = _card.Network! with { EncoderWidths = widths, Repeats = repeats } };

        Assert.Contains("widths 16", Assert.Throws<CxrModelException>(() => FieldNetworks.Load(file, Sized([16], []))).Message, StringComparison.Ordinal);
        Assert.Contains("2000000000", Assert.Throws<CxrModelException>(() => FieldNetworks.Load(file, Sized([], [1, 2, 1, 2_000_000_000]))).Message, StringComparison.Ordinal);
        CxrModelCard own = _card with { Network = new CardNetwork { Family = "cxrnet", Feed = "image", EncoderWidths = [1_000_000, 1_000_000] } };
        Assert.Contains("1000000", Assert.Throws<CxrModelException>(() => FieldNetworks.Load(file, own)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileIsWrittenAsOnnxWithItsBiases()
    {
        using var scope = NewDisposeScope();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "net.pt"), onnx = Path.ChangeExtension(file, ".onnx");
        File.WriteAllBytes(file, TorchSave.StateDict(Prefixed(FieldNetworks.Draw(_card), "module.")));

        CxrModelCard written = TrainedModel.Export(file, _card, onnx, biases: [1, 0, 0, -1]);

        Assert.Equal(64, written.WeightsSha256.Length);
        using TorchClassifier before = TorchClassifier.Load(file, new TorchOptions { Card = _card });
        using CxrNet.Onnx.OnnxClassifier after = CxrNet.Onnx.OnnxClassifier.Load(onnx);
        Assert.Equal(FieldNetworks.Logits(before)[0][0] + 1, FieldNetworks.Logits(after)[0][0], 1e-4f);
        Assert.Equal(FieldNetworks.Logits(before)[0][1], FieldNetworks.Logits(after)[0][1], 1e-4f);
    }

    private static Dictionary<string, Tensor> Prefixed(Dictionary<string, Tensor> weights, string prefix) => weights.ToDictionary(w => prefix + w.Key, static w => w.Value);

    private void Refused(Dictionary<string, Tensor> weights, params string[] expected)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => FieldNetworks.Load(TorchSave.StateDict(weights), _card, "net.pt"));
        Assert.Contains("'net.pt'", error.Message, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
