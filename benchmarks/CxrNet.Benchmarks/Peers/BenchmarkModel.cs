using CxrNet.Models;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Benchmarks.Peers;

/// <summary>The network that everybody runs: the shipped one, its file, its images and its ready inputs.</summary>
internal static class BenchmarkModel
{
    private static readonly Lazy<string> Plain = new(WritePlain);

    public static CxrModelCard Card => BundledModels.CxrNetS.Card;

    public static int Side => Card.Input.Width;

    public static byte[] Bytes { get; } = BundledModels.CxrNetS.ReadAllBytes();

    /// <summary>The same weights as a file of plain float operators: the constants of the shipped half-precision file are unpacked by ONNX Runtime's own basic optimisation, since not every peer reads them.</summary>
    public static string PlainFile => Plain.Value;

    /// <summary>The int8 copy that <c>CXRNET_INT8</c> names; null where it names none that is there.</summary>
    public static string? Int8File => Environment.GetEnvironmentVariable("CXRNET_INT8") is { Length: > 0 } named && File.Exists(named) ? named : null;

    /// <summary>Drawn chests of the network's own size, lung handling left out: nothing remains to be done but the network.</summary>
    public static GrayImage[] Images(int count) => [.. Enumerable.Range(0, count).Select(static i => Draw(i, Side))];

    /// <summary>The same as the network wants them.</summary>
    public static float[] Inputs(int count)
    {
        using InputTensor input = InputTensor.From(Images(count), Card.Input with { Lungs = LungHandling.None });
        return input.Values.ToArray();
    }

    public static GrayImage Draw(int index, int side)
    {
        PhantomClass[] classes = Enum.GetValues<PhantomClass>();
        return ChestPhantom.Create(new PhantomOptions { Class = classes[index % classes.Length], Seed = 1 + (index / classes.Length), Width = side, Height = side }).Image;
    }

    private static string WritePlain()
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(SuiteFolder.Path, "work")).FullName, "plain.onnx");
        using SessionOptions options = new() { OptimizedModelFilePath = path, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC };
        using InferenceSession session = new(Bytes, options);
        return path;
    }
}
