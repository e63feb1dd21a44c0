using System.Runtime.CompilerServices;
using CxrNet.Onnx;
using CxrNet.Torch.Export;

namespace CxrNet.Cli;

/// <summary>From a run's folder to files that both backends load; the ONNX file is loaded once to be sure.</summary>
internal static class ExportJob
{
    public static int Run(ExportRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken) => TorchBackend.Run(request.Source, () => Export(request, output, error, cancellationToken));

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Export(ExportRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        TrainedModel.CheckTarget(request.Source, request.File);
        CxrModelCard card = CardOf(request);
        if (Path.GetDirectoryName(request.File) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        if (request.Calibrate is null)
        {
            Report(TrainedModel.Export(request.Source, card, request.File, request.Half, encoderAlone: request.EncoderAlone), card, request.File, output, error);
            return 0;
        }

        // In a file of its own: a source that is also the target is read twice.
        string plain = request.File + ".plain.onnx";
        try
        {
            CxrModelCard written = TrainedModel.Export(request.Source, card with { Guard = null, Abstain = null }, plain, request.Half, encoderAlone: request.EncoderAlone);
            if (written.Task != CxrModelTask.Classification)
            {
                throw new CxrModelException(request.Source, $"'{request.Source}' is no classifier; there is nothing to calibrate.");
            }

            ExportCalibration fit = ExportCalibration.Fit(plain, card, request, error, cancellationToken);
            output.WriteLine(fit.Summary);
            Report(TrainedModel.Export(request.Source, fit.Card, request.File, request.Half, fit.Biases, request.EncoderAlone), fit.Card, request.File, output, error);
        }
        finally
        {
            File.Delete(plain);
            File.Delete(Path.ChangeExtension(plain, ".safetensors"));
        }

        return 0;
    }

    private static CxrModelCard CardOf(ExportRequest request) => request switch
    {
        { Card: { } card } => CxrModelCardJson.Parse(File.ReadAllText(card), card),
        _ when File.Exists(request.Source) => CardFile.Read(request.Source),
        _ => new CxrModelCard { Id = Path.GetFileNameWithoutExtension(request.File), Input = new CardInput { Height = 1, Width = 1 } },
    };

    private static void Report(CxrModelCard written, CxrModelCard given, string file, TextWriter output, TextWriter error)
    {
        bool isBare = given.Temperature != written.Temperature || (given.Abstain is null) != (written.Abstain is null) || (given.Guard is null) != (written.Guard is null)
            || (given.Findings.Any(static f => f.OperatingPoints.Count > 0) && written.Findings.All(static f => f.OperatingPoints.Count == 0));
        if (isBare || written.Metrics.Count < given.Metrics.Count)
        {
            QuietError.Remark(error, $"note: left out of the card, since they are not known to be of these weights: {(isBare ? "temperature, thresholds, abstain level, guard and figures" : "its figures")}; 'evaluate --record' writes whose they are.");
        }

        using IDisposable check = written.Task == CxrModelTask.Classification ? OnnxClassifier.Load(file) : OnnxLungSegmenter.Load(file);
        output.WriteLine($"{file}: {new FileInfo(file).Length:N0} bytes, '{written.Id}', weights SHA-256 {written.WeightsSha256}.");
    }
}
