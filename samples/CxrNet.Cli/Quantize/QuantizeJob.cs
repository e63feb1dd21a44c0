using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Cli;

/// <summary>Quantises a model, writes it, and runs both beside each other on images that were held out.</summary>
internal sealed class QuantizeJob(QuantizeRequest request, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string? source = request.Model.File;
        CheckTarget(request.File, source);
        CxrModelCard card = source is null ? BundledModels.CxrNetS.Card : OnnxCard.Read(source);
        byte[] model = source is null ? Bundled() : await File.ReadAllBytesAsync(source, cancellationToken);
        QuantizeImages images = QuantizeImages.Of(request);
        using CalibrationFiles files = new(images.Calibration, card, request.Model, error, cancellationToken);
        QuantizationResult result;
        using (QuantizeProgress progress = new(error, images.Calibration.Count))
        {
            result = OnnxQuantizer.Quantize(model, files.Read(), request.Options with { Card = card, Provenance = images.Provenance }, progress, cancellationToken);
        }

        WholeFile.Write(request.File, path => File.WriteAllBytes(path, result.Model.Span));
        QuantizeLine line = QuantizeLine.From(request, card, model.Length, result);
        if (request.Json)
        {
            await output.WriteLineAsync(JsonLines.Of(line));
        }
        else
        {
            QuantizeTable.Write(Terminal.On(output), line);
            if (QuantizationOptions.NeedsSevenBitWeights && !request.Options.SevenBitWeights)
            {
                QuietError.Remark(error, "warning: this processor has no VNNI, and sums of 8-bit weights saturate on it: the quantised model answers worse here than on one that has it. A model that is to run here needs --seven-bit-weights.");
            }
        }

        int compared = card.Task == CxrModelTask.Classification ? await CompareAsync(images, cancellationToken) : 0;
        return files.Failed > 0 ? 1 : compared;
    }

    // Before an image is read: calibrating takes minutes.
    private static void CheckTarget(string file, string? source)
    {
        if (source is not null && Path.GetFullPath(file) == Path.GetFullPath(source))
        {
            throw new IOException($"--out '{file}' is the model that is quantised; another file was expected, since both are compared.");
        }

        WholeFile.RequireFolder(file);
    }

    private Task<int> CompareAsync(QuantizeImages images, CancellationToken cancellationToken)
    {
        CompareRequest comparison = new([new BackendSpec("onnx", "onnx", request.Model.File), new BackendSpec("onnx-int8", "onnx", request.File)], request.Model)
        {
            Inputs = images.HeldOut,
            Limit = request.Limit,
            Json = request.Json,
        };
        return new CompareJob(comparison, output, error).RunAsync(cancellationToken);
    }

    private static byte[] Bundled()
    {
        using Stream stream = BundledModels.CxrNetS.Open();
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
