using CxrNet.Models;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>On drawn chests: what they show is not what the model learned from, but ranges and drift are of the same size.</summary>
public sealed class QuantizingTheShippedModel
{
    [Fact]
    public void ItsConvolutionsRunAsIntegersAndItsScoresStayClose()
    {
        using Stream stream = BundledModels.CxrNetS.Open();
        byte[] model = new byte[stream.Length];
        stream.ReadExactly(model);
        QuantizationResult result = OnnxQuantizer.Quantize(model, Quantized.Phantoms(12), new QuantizationOptions { Method = CalibrationMethod.MinMax, IntraOpThreads = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Model.Length < 0.65 * model.Length, $"{result.Model.Length} bytes of {model.Length}");

        int convolutions = result.Nodes.Count(static n => n is { Operator: "Conv", IsQuantized: true });
        string[] run = Quantized.RunBy(result.Model);
        Assert.Equal(convolutions, run.Count(static o => o == "QLinearConv"));
        Assert.True(convolutions >= 0.9 * result.Nodes.Count(static n => n.Operator == "Conv"));
        // Every ReLU and Clip but those of layers that stay fp32 vanishes into the rounding, and those into their convolution.
        Assert.Empty(run.Intersect(["Relu", "Clip"]));
        Assert.Equal(result.Nodes.Count(static n => n is { Operator: "Add", IsQuantized: true }), run.Count(static o => o == "QLinearAdd"));

        ModelParity parity = Quantized.Compare(model, result, Quantized.Phantoms(8, seed: 77));
        Assert.InRange(parity.LogitCorrelation, 0.98, 1);
        Assert.InRange(parity.MaxMapDifference!.Value, 0, 0.5f);
        Assert.True(parity.TopFlips <= 1);
    }
}
