using CxrNet.Imaging;
using CxrNet.Onnx.Quantization;
using CxrNet.TestData;

namespace CxrNet.Onnx.Tests;

/// <summary>Networks as PyTorch exports them (opset 13): ReLU6, dense blocks with batch normalisation of their own, hard-swish and SiLU, grouped convolutions.</summary>
public sealed class QuantizingAThirdPartyModel
{
    public static TheoryData<string, int, int, int> Models => new() { { "mobilenet_v2", 3, 224, 14 }, { "densenet_xrv", 1, 224, 18 }, { "softmax_160", 1, 160, 4 } };

    [Theory, MemberData(nameof(Models))]
    public void ItsScoresStayCloseAndItsConvolutionsRunAsIntegers(string name, int channels, int side, int outputs)
    {
        byte[] model = Read(name, channels, side, outputs, out CxrModelCard card, out GrayImage[] images);
        QuantizationResult result = OnnxQuantizer.Quantize(model, images[..5], new QuantizationOptions { Card = card, Method = CalibrationMethod.MinMax, IntraOpThreads = 2, SevenBitWeights = QuantizationOptions.NeedsSevenBitWeights }, cancellationToken: TestContext.Current.CancellationToken);
        int convolutions = result.Nodes.Count(static n => n is { Operator: "Conv", IsQuantized: true });
        Assert.True(convolutions >= 0.6 * result.Nodes.Count(static n => n.Operator == "Conv"));
        Assert.Equal(convolutions, Quantized.RunBy(result.Model).Count(static o => o == "QLinearConv"));
        ModelParity parity = Quantized.Compare(model, result, images[5..], card);
        // The eighth bit of a weight is worth as much: 0.968 without it for MobileNetV2.
        Assert.InRange(parity.LogitCorrelation, QuantizationOptions.NeedsSevenBitWeights ? 0.95 : 0.98, 1);
    }

    [Theory, MemberData(nameof(Models))]
    public void FoldingConstantsAndNormalisationChangesNothing(string name, int channels, int side, int outputs)
    {
        byte[] model = Read(name, channels, side, outputs, out CxrModelCard card, out GrayImage[] images);
        OnnxGraphEditor graph = OnnxGraphEditor.Read(model);
        ConstantFolding.Apply(graph);
        BatchNormFolding.Apply(graph);
        Assert.DoesNotContain(graph.Nodes, static n => n.Operator is "Constant" or "BatchNormalization" or "Pad");
        using OnnxClassifier whole = OnnxClassifier.Load(model, new OnnxOptions { Card = card }), folded = OnnxClassifier.Load(graph.Write(), new OnnxOptions { Card = card });
        ModelParity parity = ModelParity.Compare(whole, folded, images[..3], TestContext.Current.CancellationToken);
        float largest = whole.Classify(images[..3], TestContext.Current.CancellationToken).SelectMany(static p => p.Logits).Max(Math.Abs);
        Assert.InRange(parity.MaxLogitDifference, 0, 1e-4f * largest);
    }

    private static byte[] Read(string name, int channels, int side, int outputs, out CxrModelCard card, out GrayImage[] images)
    {
        string folder = TestFolders.RequireData("../external");
        card = new CxrModelCard
        {
            Id = name,
            Activation = FindingActivation.Sigmoid,
            Findings = [.. Enumerable.Range(0, outputs).Select(static i => new CardFinding($"finding_{i}"))],
            Input = new CardInput { Channels = channels, Height = side, Width = side, Normalization = InputNormalization.PerImage },
        };
        images = [.. Enumerable.Range(0, 8).Select(i => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(Path.Combine(folder, $"image{i}.png"))))];
        return File.ReadAllBytes(Path.Combine(folder, name + ".onnx"));
    }
}
