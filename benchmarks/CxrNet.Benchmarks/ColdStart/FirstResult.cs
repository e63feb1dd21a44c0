using System.Globalization;
using CxrNet.Benchmarks.Peers;
using CxrNet.Imaging;
using CxrNet.Onnx;
using CxrNet.Torch;

namespace CxrNet.Benchmarks.ColdStart;

/// <summary>What a process of the cold start does: load, read the film, score it, print the logits, wait for the end of its input.</summary>
internal static class FirstResult
{
    public const string Mode = "first-result";
    public const string Onnx = "onnx";
    public const string Torch = "torch";
    public const string Straightforward = "straightforward";

    public static void Print(string what, string folder)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "film.jpg"));
        IEnumerable<float> logits = what switch
        {
            Onnx => ByOnnx(file),
            Torch => ByTorch(file),
            Straightforward => ByHand(file),
            _ => throw new ArgumentException($"'{what}' is no program; {Onnx}, {Torch} or {Straightforward} expected.", nameof(what)),
        };
        Console.WriteLine($"ms 0 {string.Join(' ', logits.Select(static v => v.ToString(CultureInfo.InvariantCulture)))}");
        Console.In.ReadToEnd();
    }

    private static IEnumerable<float> ByOnnx(byte[] file)
    {
        // The model is loaded while the film is decoded, as docs/deployment.md advises.
        Task<OnnxClassifier> loading = Task.Run(static () => OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = BenchmarkScale.MostThreads }));
        GrayImage image = GrayConversion.ToGray(RadiographDecoder.Default.Decode(file));
        using OnnxClassifier classifier = loading.GetAwaiter().GetResult();
        return classifier.Classify(image).Logits;
    }

    private static IEnumerable<float> ByTorch(byte[] file)
    {
        using TorchClassifier classifier = TorchClassifier.Load(BenchmarkModel.Bytes, new TorchOptions { Threads = BenchmarkScale.MostThreads, KeepFreedMemory = true });
        return classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.Decode(file))).Logits;
    }

    private static float[] ByHand(byte[] file)
    {
        using StraightforwardProgram program = new(BenchmarkScale.MostThreads);
        return program.Analyze(file).Logits;
    }
}
