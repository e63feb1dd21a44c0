using System.Globalization;
using System.Runtime.CompilerServices;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Onnx;
using CxrNet.Torch.Export;

namespace CxrNet.Cli.Commands;

/// <summary>From a run's folder to files that both backends load; the ONNX file is loaded once to be sure.</summary>
internal static class ExportJob
{
    public static int Run(string run, string file, string? card, bool half, string? calibrate, string split, bool alone, TextWriter output) =>
        TorchBackend.Run(run, () => Export(run, file, card, half, calibrate, split, alone, output));

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Export(string run, string file, string? cardFile, bool half, string? calibrate, string split, bool alone, TextWriter output)
    {
        CxrModelCard card = cardFile is null
            ? new CxrModelCard { Id = Path.GetFileNameWithoutExtension(file), Input = new CardInput { Height = 1, Width = 1 } }
            : CxrModelCardJson.Parse(File.ReadAllText(cardFile), cardFile);
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        CxrModelCard written = TrainedModel.Export(run, card, file, half, encoderAlone: alone);
        if (calibrate is not null && written.Task == CxrModelTask.Classification)
        {
            BiasCorrectedFit fit = Fit(file, calibrate, split);
            written = TrainedModel.Export(run, card with { Temperature = (float)fit.Temperature }, file, half, fit.Biases, alone);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calibrated on '{split}': temperature {fit.Temperature:F3}, biases {string.Join(", ", fit.Biases.Select(b => b.ToString("F3", CultureInfo.InvariantCulture)))}, negative log likelihood {fit.LikelihoodBefore:F4} to {fit.LikelihoodAfter:F4}."));
        }

        using IDisposable check = written.Task == CxrModelTask.Classification ? OnnxClassifier.Load(file) : OnnxLungSegmenter.Load(file);
        output.WriteLine($"{file}: {new FileInfo(file).Length:N0} bytes, '{written.Id}', weights SHA-256 {written.WeightsSha256}.");
        return 0;
    }

    private static BiasCorrectedFit Fit(string model, string manifest, string split)
    {
        using ICxrClassifier classifier = new ModelChoice(model, "onnx", 0, 8).Load();
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest, split);
        string[] names = [.. classifier.Card.Findings.Select(static f => f.Name)];
        CxrPrediction[] predictions = [.. entries.Select(entry => classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(entry.File))))];
        return BiasCorrectedFit.Softmax(ScoreTable.Logits(predictions), [.. entries.Select(entry => Array.IndexOf(names, entry.Label))]);
    }
}
