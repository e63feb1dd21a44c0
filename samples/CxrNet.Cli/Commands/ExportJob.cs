using System.Runtime.CompilerServices;
using CxrNet.Onnx;
using CxrNet.Torch.Export;

namespace CxrNet.Cli.Commands;

/// <summary>From a run's folder to files that both backends load; the ONNX file is loaded once to be sure.</summary>
internal static class ExportJob
{
    public static int Run(string run, string file, string? card, bool half, TextWriter output) =>
        TorchBackend.Run(run, () => Export(run, file, card, half, output));

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Export(string run, string file, string? cardFile, bool half, TextWriter output)
    {
        CxrModelCard card = cardFile is null
            ? new CxrModelCard { Id = Path.GetFileNameWithoutExtension(file), Input = new CardInput { Height = 1, Width = 1 } }
            : CxrModelCardJson.Parse(File.ReadAllText(cardFile), cardFile);
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        CxrModelCard written = TrainedModel.Export(run, card, file, half);
        using IDisposable check = written.Task == CxrModelTask.Classification ? OnnxClassifier.Load(file) : OnnxLungSegmenter.Load(file);
        output.WriteLine($"{file}: {new FileInfo(file).Length:N0} bytes, '{written.Id}', weights SHA-256 {written.WeightsSha256}.");
        return 0;
    }
}
