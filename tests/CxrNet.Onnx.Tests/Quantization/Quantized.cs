using CxrNet.Conformance;
using CxrNet.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx.Tests;

/// <summary>Models and images of the quantisation tests, and a look at what the engine makes of a file.</summary>
internal static class Quantized
{
    /// <summary>Three convolutions of 4, 64 and 64 channels between layers that stay fp32.</summary>
    public static byte[] Tiny { get; } = (TinyOnnx.For(ConformanceCards.Classifier) with { SlowLayers = 3 }).ToBytes();

    public static GrayImage[] Phantoms(int count, int seed = 1) => [.. Enumerable.Range(0, count).Select(i => ChestPhantom.Create(new PhantomOptions { Class = (PhantomClass)(i % Enum.GetValues<PhantomClass>().Length), Seed = seed + i }).Image)];

    /// <summary>The types of the operators that the engine runs, after its fusions.</summary>
    public static string[] RunBy(ReadOnlyMemory<byte> model)
    {
        using TemporaryFolder folder = new();
        using SessionOptions options = new() { OptimizedModelFilePath = folder.File("optimized.onnx"), LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(model.ToArray(), options);
        return [.. OnnxGraphEditor.Read(File.ReadAllBytes(options.OptimizedModelFilePath)).Nodes.Select(static n => n.Operator)];
    }

    public static ModelParity Compare(byte[] fp32, QuantizationResult int8, IReadOnlyList<GrayImage> images, CxrModelCard? card = null)
    {
        using OnnxClassifier first = OnnxClassifier.Load(fp32, new OnnxOptions { Card = card }), second = OnnxClassifier.Load(int8.Model.ToArray());
        return ModelParity.Compare(first, second, images, TestContext.Current.CancellationToken);
    }
}
