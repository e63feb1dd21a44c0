using System.Runtime.CompilerServices;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Torch;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;

namespace CxrNet.Cli.Commands;

/// <summary>Loads the images, trains, says where the weights are.</summary>
internal static class TrainJob
{
    public static Task<int> Run(TrainRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        Task.FromResult(TorchBackend.Run(request.Folder, () => Train(request, output, error, cancellationToken)));

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Train(TrainRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Both before thousands of images are decoded.
        TrainingOptions options = Options(request);
        options.Check();
        TrainingRows rows = new(request, options.Seed, error);
        TrainingSet train = Load(request, rows.Training, request.TrainSplit, options, error, cancellationToken).WithPhantoms(options.Phantoms);
        TrainingSet validation = Load(request, rows.Validation, request.ValidationSplit, options, error, cancellationToken);
        string what = request.Lungs ? "lungs" : $"preset {options.Preset}, network CxrNet-{request.Network}";
        output.WriteLine($"{train.Count} images to learn, {validation.Count} to choose on, {options.Side} px, {what}, {options.Threads} threads.");
        TrainingReport progress = new(output, error);
        string best = request.Lungs
            ? new LungTrainer(train, validation, options, request.Folder).Run(progress, cancellationToken)
            : new CxrTrainer(train, validation, options, request.Folder).Run(progress, cancellationToken);
        output.WriteLine($"Best weights: {best}. Next: cxrnet export {request.Folder} --out model.onnx");
        return 0;
    }

    private static TrainingSet Load(TrainRequest request, ManifestEntry[] entries, string split, TrainingOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(error, $"decoded '{split}'", entries.Length);
        using ILungSegmenter? segmenter = request.Segmenter is { } model ? TorchLungSegmenter.Load(model) : null;
        return TrainingSet.Load(entries, request.Lungs ? [] : request.Classes, options.Side, RadiographDecoder.Default, options.Threads, segmenter, options.Lungs, new Decoded(line), cancellationToken);
    }

    private static TrainingOptions Options(TrainRequest request)
    {
        TrainingOptions defaults = new();
        return defaults with
        {
            Preset = request.Preset == "paper" ? TrainingPreset.Paper : TrainingPreset.Faithful,
            Network = request.Lungs ? CxrNetPresets.Lungs : NetworkOf(request),
            Side = request.Side ?? defaults.Side,
            EncoderEpochs = request.Epochs ?? defaults.EncoderEpochs,
            MapEpochs = request.MapEpochs ?? defaults.MapEpochs,
            LungShare = request.LungShare ?? defaults.LungShare,
            SingleSourceWeight = request.SingleSourceWeight ?? defaults.SingleSourceWeight,
            StartSide = request.StartSide ?? defaults.StartSide,
            StartEpochs = request.StartEpochs ?? defaults.StartEpochs,
            MapStartEpochs = request.MapStartEpochs ?? defaults.MapStartEpochs,
            OutsideLungWeight = request.OutsideLungWeight ?? defaults.OutsideLungWeight,
            AreaWeight = request.AreaWeight ?? defaults.AreaWeight,
            Lungs = request.LungHandling,
            SettleEpochs = request.SettleEpochs ?? defaults.SettleEpochs,
            WholeShare = request.WholeShare ?? defaults.WholeShare,
            RevealShare = request.RevealShare ?? defaults.RevealShare,
            SettleRevealShare = request.SettleRevealShare ?? defaults.SettleRevealShare,
            PeakLearningRate = request.LearningRate ?? defaults.PeakLearningRate,
            InitialWeights = request.InitialWeights,
            Teachers = request.Teachers,
            TeacherWeight = request.TeacherWeight ?? defaults.TeacherWeight,
            InsertionWeight = request.InsertionWeight ?? defaults.InsertionWeight,
            InsertionShare = request.InsertionShare ?? defaults.InsertionShare,
            VariationWeight = request.VariationWeight ?? defaults.VariationWeight,
            ComplementWeight = request.ComplementWeight ?? defaults.ComplementWeight,
            Patience = request.Patience ?? defaults.Patience,
            SettleMapShare = request.SettleMapShare ?? defaults.SettleMapShare,
            Phantoms = request.Phantoms ?? defaults.Phantoms,
            GroupBalance = request.GroupBalance ?? defaults.GroupBalance,
            SourceNotes = request.SourceNotes,
            Augmentation = defaults.Augmentation with
            {
                Blur = request.Blur ?? defaults.Augmentation.Blur,
                LogGamma = request.Tone ?? defaults.Augmentation.LogGamma,
                LocalContrast = request.Tone ?? defaults.Augmentation.LocalContrast,
                Noise = request.Noise ?? defaults.Augmentation.Noise,
                Aspect = request.Aspect ?? defaults.Augmentation.Aspect,
                AspectExchange = request.AspectExchange ?? defaults.Augmentation.AspectExchange,
                TransplantShare = request.TransplantShare ?? defaults.Augmentation.TransplantShare,
                DetailShare = request.DetailShare ?? defaults.Augmentation.DetailShare,
                StyleShare = request.StyleShare ?? defaults.Augmentation.StyleShare,
                MixupShare = request.MixupShare ?? defaults.Augmentation.MixupShare,
            },
            BatchSize = request.Batch ?? defaults.BatchSize,
            HalfPrecision = request.HalfPrecision,
            Seed = request.Seed ?? defaults.Seed,
            Threads = request.Threads ?? defaults.Threads,
        };
    }

    private static CardNetwork NetworkOf(TrainRequest request)
    {
        CardNetwork network = CxrNetPresets.ByName(request.Network);
        return request.Feed is { } feed ? network with { Feed = feed } : network;
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
