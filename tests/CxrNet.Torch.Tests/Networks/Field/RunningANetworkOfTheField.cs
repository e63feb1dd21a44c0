using CxrNet.Onnx;
using CxrNet.Torch.Export;
using CxrNet.Torch.Tests.Models.StateDicts;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks.Field;

public sealed class RunningANetworkOfTheField
{
    public static TheoryData<string> Families => FieldNetworks.Families;

    [Theory, MemberData(nameof(Families))]
    public void SafetensorsAndStateDictGiveTheSameNumbers(string family)
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny(family);
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(card);
        using TorchClassifier first = FieldNetworks.Load(FieldNetworks.Safetensors(weights), card);
        using TorchClassifier second = FieldNetworks.Load(TorchSave.StateDict(weights), card);

        float[][] logits = FieldNetworks.Logits(first);
        Assert.Equal(logits, FieldNetworks.Logits(second));
        Assert.True(Math.Abs(logits[0][0] - logits[1][0]) > 1e-3f, "The images must differ for this test to mean something.");
    }

    [Theory, MemberData(nameof(Families))]
    public void OnnxRuntimeGivesTheNumbersOfLibtorch(string family) => Agree(FieldNetworks.Tiny(family, channels: 3), images: 3);

    [Theory]
    [InlineData("densenet121")]
    [InlineData("resnet50")]
    public void OfItsOwnSizeToo(string family) => Agree(FieldNetworks.Card(family), images: 1);

    [Fact]
    public void AMultiLabelCardGivesSigmoidsAndLeavesUntrainedOutputsOut()
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny("densenet121");
        using TorchClassifier classifier = FieldNetworks.Load(TorchSave.StateDict(FieldNetworks.Draw(card)), card);

        CxrPrediction prediction = classifier.Classify(TinyNetworks.Images(1)[0]);

        Assert.Equal([("Atelectasis", 0.5f), ("Consolidation", 0.4f), ("Pneumonia", 0.3f)], prediction.Findings.Select(static f => (f.Name, f.Threshold)));
        Assert.Equal(prediction.Logits.Select(static l => 1 / (1 + Math.Exp(-l))), prediction.Findings.Select(static f => (double)f.Probability), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Null(prediction.Map);
    }

    [Theory, MemberData(nameof(Families))]
    public void GradCamLooksAtTheLastPlanesAndClassicCamAgreesWithIt(string family)
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny(family);
        using TorchClassifier classifier = FieldNetworks.Load(FieldNetworks.Safetensors(FieldNetworks.Draw(card)), card);

        // Behind global average pooling and one linear layer the two are the same but for the number of cells (Selvaraju et al. 2017, section 3.1).
        using TorchExplanation gradCam = TorchExplanations.Create("gradcam", classifier, new() { Signed = true }), cam = TorchExplanations.Create("cam", classifier, new() { Signed = true });
        Heatmap a = gradCam.Explain(TinyNetworks.Images(1), "Consolidation")[0], b = cam.Explain(TinyNetworks.Images(1), "Consolidation")[0];

        Assert.Equal((2, 2), (a.Width, a.Height));
        float scale = b.Values[0] / a.Values[0];
        Assert.All(a.Values.ToArray().Zip(b.Values.ToArray()), pair => Assert.Equal(pair.First * scale, pair.Second, 1e-4f));
        Assert.True(a.Values.ToArray().Distinct().Count() > 1);
    }

    [Fact]
    public void ItsPooledFeaturesComeAlong()
    {
        using var scope = NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny("densenet121");
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(card);
        using TorchClassifier torch = TorchClassifier.Load(TorchSave.StateDict(weights), new TorchOptions { Card = card, KeepFeatures = true });
        using OnnxClassifier onnx = OnnxClassifier.Load(OnnxExport.Field(card, weights, "test"), new OnnxOptions { KeepFeatures = true });

        CxrPrediction a = torch.Classify(TinyNetworks.Images(1)[0]), b = onnx.Classify(TinyNetworks.Images(1)[0]);

        Assert.Equal(weights["classifier.weight"].shape[1], a.Features.Length);
        Assert.All(a.Features.ToArray().Zip(b.Features.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private static void Agree(CxrModelCard card, int images)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = FieldNetworks.Draw(card);
        byte[] graph = OnnxExport.Field(card, weights, "test");
        using TorchClassifier torch = FieldNetworks.Load(TorchSave.StateDict(weights), card);
        using TorchClassifier torchFromGraph = TorchClassifier.Load(graph);
        using OnnxClassifier onnx = OnnxClassifier.Load(graph);

        float[][] expected = FieldNetworks.Logits(torch, images);
        Assert.Equal(expected, FieldNetworks.Logits(torchFromGraph, images));
        float[][] actual = FieldNetworks.Logits(onnx, images);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.All(expected[i].Zip(actual[i]), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
        }
    }
}
