using CxrNet.Conformance;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

public sealed class QuantizingATinyModel
{
    private static readonly GrayImage[] Images = Quantized.Phantoms(8);

    [Theory]
    [InlineData(CalibrationMethod.MinMax, ActivationType.UInt8, false)]
    [InlineData(CalibrationMethod.Percentile, ActivationType.UInt8, false)]
    [InlineData(CalibrationMethod.Entropy, ActivationType.UInt8, false)]
    [InlineData(CalibrationMethod.Percentile, ActivationType.Int8, false)]
    [InlineData(CalibrationMethod.Percentile, ActivationType.UInt8, true)]
    public void ScoresAndMapsStayCloseOnImagesThatItWasNotCalibratedOn(CalibrationMethod method, ActivationType type, bool sevenBits)
    {
        QuantizationResult result = OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { Method = method, ActivationType = type, SevenBitWeights = sevenBits || QuantizationOptions.NeedsSevenBitWeights }, cancellationToken: TestContext.Current.CancellationToken);
        ModelParity parity = Quantized.Compare(Quantized.Tiny, result, Quantized.Phantoms(6, seed: 100));
        Assert.InRange(parity.MaxLogitDifference, 1e-6f, 0.05f);
        Assert.InRange(parity.MaxMapDifference!.Value, 1e-6f, 0.05f);
        Assert.InRange(parity.LogitCorrelation, 0.95, 1);
    }

    [Fact]
    public void ItsConvolutionsRunAsIntegers()
    {
        QuantizationResult result = OnnxQuantizer.Quantize(Quantized.Tiny, Images, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, result.Nodes.Count(static n => n is { Operator: "Conv", IsQuantized: true }));
        Assert.Equal(3, Quantized.RunBy(result.Model).Count(static o => o == "QLinearConv"));
        Assert.All(result.Nodes, static n => Assert.Equal(n.IsQuantized, n.Reason.Length == 0));
        Assert.Contains(result.Nodes, static n => n is { Operator: "Tanh", Reason: "no 8-bit kernel" });
        Assert.Contains(result.Nodes, static n => n is { Operator: "Gemm", Reason: "gives an output of the card" });
        Assert.Contains(result.Nodes, static n => n.Operator == "Conv" && n.Reason.StartsWith("reads fewer than 4 channels", StringComparison.Ordinal));
        Assert.True(result.Model.Length < Quantized.Tiny.Length / 2);
        Assert.All(result.Activations, static a => Assert.True(a.Minimum <= 0 && a.Maximum >= 0 && a.Scale > 0 && a.ZeroPoint is >= 0 and <= 255));
    }

    [Fact]
    public void TheSameTwiceIsTheSameBytes()
    {
        QuantizationOptions options = new() { IntraOpThreads = 1 };
        byte[] first = OnnxQuantizer.Quantize(Quantized.Tiny, Images, options, cancellationToken: TestContext.Current.CancellationToken).Model.ToArray();
        byte[] second = OnnxQuantizer.Quantize(Quantized.Tiny, Images, options, cancellationToken: TestContext.Current.CancellationToken).Model.ToArray();
        Assert.Equal(first, second);
    }

    [Fact]
    public void OverTheCalibrationImagesNoLogitIsShifted()
    {
        QuantizationResult result = OnnxQuantizer.Quantize(Quantized.Tiny, Images, cancellationToken: TestContext.Current.CancellationToken);
        using OnnxClassifier fp32 = OnnxClassifier.Load(Quantized.Tiny), int8 = OnnxClassifier.Load(result.Model.ToArray());
        IReadOnlyList<CxrPrediction> exact = fp32.Classify(Images, TestContext.Current.CancellationToken), rounded = int8.Classify(Images, TestContext.Current.CancellationToken);
        for (int f = 0; f < 4; f++)
        {
            Assert.Equal(exact.Average(p => p.Logits[f]), rounded.Average(p => p.Logits[f]), 1e-5f);
        }
    }

    [Fact]
    public void ItsCardSaysWhatWasDone()
    {
        CxrModelCard own = ConformanceCards.Classifier with { Metrics = new Dictionary<string, double> { ["test.accuracy"] = 0.8 } };
        byte[] model = (TinyOnnx.For(own) with { SlowLayers = 2 }).ToBytes();
        QuantizationResult result = OnnxQuantizer.Quantize(model, Images, new QuantizationOptions { Method = CalibrationMethod.Percentile, Provenance = "drawn chests" }, cancellationToken: TestContext.Current.CancellationToken);
        using OnnxClassifier classifier = OnnxClassifier.Load(result.Model.ToArray());
        Assert.Equal(own.Id + "-int8", classifier.Card.Id);
        Assert.All((string[])["int8 weights per channel", "uint8 activations", "calibrated on 8 images (drawn chests), 99.99th percentile"], text => Assert.Contains(text, classifier.Card.Description, StringComparison.Ordinal));
        Assert.Equal(["fp32.test.accuracy"], classifier.Card.Metrics.Keys);
        Assert.Contains(classifier.Card.Limitations, l => l.Contains($"those of the fp32 model '{own.Id}'", StringComparison.Ordinal));
        Assert.Equal(own.Findings, classifier.Card.Findings);
        Assert.Matches("^[0-9a-f]{64}$", classifier.Card.WeightsSha256);
        Assert.Null(classifier.Card.Network);
    }

    [Fact]
    public void WhatIsExcludedStaysFp32AndSaysSo()
    {
        QuantizationResult named = OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { ExcludedNodes = ["slow0", "slow2*"] }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["slow0", "slow2"], named.Nodes.Where(static n => n.Reason == "excluded by name").Select(static n => n.Name));
        Assert.Equal(1, Quantized.RunBy(named.Model).Count(static o => o == "QLinearConv"));
        // Logits and map share all convolutions but the map's last.
        CxrModelException none = Assert.Throws<CxrModelException>(() => OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { ExcludedOutputs = ["logits"] }));
        Assert.Contains("leads to the output 'logits', which is excluded", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputLayersBecomeIntegersWhereAskedFor()
    {
        QuantizationResult result = OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { KeepOutputLayers = false }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(result.Nodes, static n => n is { Operator: "Gemm", IsQuantized: true });
        Assert.Contains("QGemm", Quantized.RunBy(result.Model));
        Assert.InRange(Quantized.Compare(Quantized.Tiny, result, Quantized.Phantoms(4, seed: 50)).MaxLogitDifference, 0, 0.1f);
    }

    [Fact]
    public void WeightsThatAreListedAmongTheInputsAreConstants()
    {
        OnnxGraphEditor graph = OnnxGraphEditor.Read(Quantized.Tiny);
        ProtobufMessage listed = new();
        foreach (OnnxTensor weights in graph.Constants.Values)
        {
            ProtobufMessage shape = new();
            foreach (long dimension in weights.Shape)
            {
                shape.Message(1, new ProtobufMessage().Number(1, dimension));
            }

            listed.Message(11, new ProtobufMessage().Text(1, weights.Name).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Number(1, OnnxTensor.Float).Message(2, shape))));
        }

        ProtobufMessage file = new();
        ProtobufReader reader = new(Quantized.Tiny);
        while (reader.Next())
        {
            file.Copy(reader.Field == 7 ? new ProtobufMessage().Message(7, new ProtobufMessage().Copy(reader.Bytes).Copy(listed.Bytes)).Bytes : reader.Raw);
        }

        byte[] model = file.Bytes.ToArray();
        QuantizationResult result = OnnxQuantizer.Quantize(model, Images, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["input"], OnnxSignature.Read(result.Model.Span).Inputs.Select(static i => i.Name));
        Assert.InRange(Quantized.Compare(model, result, Quantized.Phantoms(4, seed: 9)).MaxLogitDifference, 0, 0.05f);
    }

    [Fact]
    public void AFixedBatchIsCalibratedAndRuns()
    {
        byte[] model = (TinyOnnx.For(ConformanceCards.Classifier) with { SlowLayers = 2, Batch = 3 }).ToBytes();
        QuantizationResult result = OnnxQuantizer.Quantize(model, Images, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(Quantized.Compare(model, result, Quantized.Phantoms(4, seed: 9)).MaxLogitDifference, 0, 0.05f);
    }

    [Fact]
    public void ProgressTellsEachImageOfEachStage()
    {
        Told told = new();
        OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { Method = CalibrationMethod.Entropy }, told, TestContext.Current.CancellationToken);
        Assert.Equal(Enum.GetValues<QuantizationStage>().SelectMany(static s => Enumerable.Range(1, 8).Select(i => (s, i))), told.Reports.Select(static r => (r.Stage, r.Done)));
        Assert.All(told.Reports.Skip(8), static r => Assert.Equal(8, r.Total));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(20)]
    public void ACancelledOneStopsWithinAnImage(int after)
    {
        using CancellationTokenSource stop = new();
        Told told = new() { Then = count => { if (count == after) { stop.Cancel(); } } };
        Assert.ThrowsAny<OperationCanceledException>(() => OnnxQuantizer.Quantize(Quantized.Tiny, Images, new QuantizationOptions { Method = CalibrationMethod.Percentile }, told, stop.Token));
        Assert.Equal(after, told.Reports.Count);
    }

    private sealed class Told : IProgress<QuantizationProgress>
    {
        public List<QuantizationProgress> Reports { get; } = [];

        public Action<int>? Then { get; init; }

        public void Report(QuantizationProgress value)
        {
            Reports.Add(value);
            Then?.Invoke(Reports.Count);
        }
    }
}
