using System.Runtime.CompilerServices;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Torch;
using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>Loads the images, trains, says where the weights are.</summary>
internal static class TrainJob
{
    public static int Run(TrainRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        TorchBackend.Run(request.Folder, () => Train(request, output, error, cancellationToken));

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Train(TrainRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Whatever is wrong is said before thousands of images are decoded.
        TrainingOptions options = request.Options;
        options.Check();
        TrainingRows rows = new(request, error);
        IReadOnlyList<string> classes = request.Lungs ? [] : request.Classes;
        options.Check(classes, rows.Training.Length + options.Phantoms, request.Folder);
        TrainingSet train = Load(request, classes, rows.Training, request.TrainSplit, error, cancellationToken).WithPhantoms(options.Phantoms);
        TrainingSet validation = Load(request, classes, rows.Validation, request.ValidationSplit, error, cancellationToken);
        if (options.HalfPrecision && !TrainingOptions.HalfPrecisionIsFast)
        {
            QuietError.Remark(error, "warning: --half-precision: this processor has no AVX512-BF16, so bfloat16 is many times slower than single precision; leave the option out here.");
        }

        string what = request.Lungs ? "lungs" : $"preset {options.Preset}, E2 {options.Network.Block}, feed {options.Network.Feed}";
        output.WriteLine($"{train.Count} images to learn, {validation.Count} to choose on, {options.Side} px, {what}, {options.Threads} {(options.Threads == 1 ? "thread" : "threads")}.");
        TrainingReport progress = new(output, error);
        string best = request.Lungs
            ? new LungTrainer(train, validation, options, request.Folder).Run(progress, cancellationToken)
            : new CxrTrainer(train, validation, options, request.Folder).Run(progress, cancellationToken);
        output.WriteLine($"Best weights: {best}. Next: cxrnet export {request.Folder}{(HasNoMap(options) ? " --encoder-alone" : "")} --out model.onnx");
        return 0;
    }

    // Chosen on whole images: what a map that nobody taught leaves of one says nothing. A run's best weights bring its map along, and so does an exported model.
    private static bool HasNoMap(TrainingOptions options) =>
        Path.GetFileName(options.InitialWeights) != "best.safetensors" && !string.Equals(Path.GetExtension(options.InitialWeights), ".onnx", StringComparison.OrdinalIgnoreCase) && options is { Preset: TrainingPreset.Faithful, EncoderEpochs: > 0, MapEpochs: 0, SettleEpochs: 0, InitialMap: null, Network.Family: "cxrnet", Network.Feed: not "image" };

    private static TrainingSet Load(TrainRequest request, IReadOnlyList<string> classes, ManifestEntry[] entries, string split, TextWriter error, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(error, $"decoded '{split}'", entries.Length);
        using ILungSegmenter? segmenter = request.Segmenter is { } model ? TorchLungSegmenter.Load(model) : null;
        TrainingOptions options = request.Options;
        return TrainingSet.Load(entries, classes, options.Side, RadiographDecoder.Default, options.Threads, segmenter, options.Lungs, new Decoded(line), cancellationToken);
    }

    // Not Progress<T>: that one reports from other threads, out of order.
    private sealed class Decoded(ProgressLine line) : IProgress<int>
    {
        public void Report(int value)
        {
            lock (line)
            {
                line.Report(value);
            }
        }
    }
}
