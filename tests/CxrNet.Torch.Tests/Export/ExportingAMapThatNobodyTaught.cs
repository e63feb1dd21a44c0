using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using CxrNet.Torch.Tests.Training;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Export;

/// <summary>Until an epoch of the map is done, E1 and D are as they were drawn, and what a run has done must say so.</summary>
public sealed class ExportingAMapThatNobodyTaught : IDisposable
{
    private static readonly TrainingSet Train = TinySet.Create(32, 1), Validation = TinySet.Create(16, 2);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void ARunThatWasCutOffInTheEncodersPhaseGivesItsEncoderAlone()
    {
        string run = StoppedAfterAnEpoch(TinySet.Options);

        CxrModelException error = Assert.Throws<CxrModelException>(() => Export(run));

        Assert.StartsWith($"'{run}': no epoch has taught the map", error.Message, StringComparison.Ordinal);
        Assert.Contains("Go on with the training", error.Message, StringComparison.Ordinal);
        Assert.Contains("encoderAlone", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "model.onnx")));
        Assert.Null(Export(run, encoderAlone: true).Outputs.Map);

        new CxrTrainer(Train, Validation, TinySet.Options, run).Run();
        Assert.Equal("map", Export(run).Outputs.Map);
    }

    [Fact]
    public void AFileThatSaysNothingIsJudgedByItsRun()
    {
        string run = StoppedAfterAnEpoch(TinySet.Options), best = Path.Combine(run, "best.safetensors");
        SafetensorsFile.Write(best, SafetensorsFile.Read(File.ReadAllBytes(best), best).Tensors, Checkpoint.NoMetadata);

        Assert.Contains("no epoch has taught the map", Assert.Throws<CxrModelException>(() => Export(run)).Message, StringComparison.Ordinal);

        new CxrTrainer(Train, Validation, TinySet.Options, run).Run();
        SafetensorsFile.Write(best, SafetensorsFile.Read(File.ReadAllBytes(best), best).Tensors, Checkpoint.NoMetadata);
        Assert.Equal("map", Export(run).Outputs.Map);
    }

    [Fact]
    public void AMapThatTheStartBroughtIsWrittenAndOneThatItOnlyDrewIsNot()
    {
        TrainingOptions encoder = TinySet.Options with { EncoderEpochs = 1, MapEpochs = 0 };
        string drawn = Run(encoder), taught = Run(TinySet.Options with { EncoderEpochs = 1, MapEpochs = 1 });

        Assert.Equal("map", Export(Path.GetDirectoryName(Run(encoder with { InitialWeights = taught }))!).Outputs.Map);
        Assert.Equal("map", Export(Path.GetDirectoryName(Run(encoder with { InitialWeights = drawn, InitialMap = taught }))!).Outputs.Map);
        string onward = Path.GetDirectoryName(Run(encoder with { InitialWeights = drawn, SettleEpochs = 1 }))!;
        Assert.Contains("no epoch has taught the map", Assert.Throws<CxrModelException>(() => Export(onward)).Message, StringComparison.Ordinal);
        Assert.Null(Export(onward, encoderAlone: true).Outputs.Map);
    }

    [Fact]
    public void EverythingAtOnceTeachesTheMapFromTheFirstEpochOn() =>
        Assert.Equal("map", Export(StoppedAfterAnEpoch(TinySet.Options with { Preset = TrainingPreset.Paper })).Outputs.Map);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CxrModelCard Export(string run, bool encoderAlone = false) =>
        TrainedModel.Export(run, TinyNetworks.Card(TinyNetworks.Product), Path.Combine(_folder, "model.onnx"), encoderAlone: encoderAlone);

    private string Run(TrainingOptions options) => new CxrTrainer(Train, Validation, options, Path.Combine(_folder, Guid.NewGuid().ToString("N"))).Run();

    private string StoppedAfterAnEpoch(TrainingOptions options)
    {
        string run = Path.Combine(_folder, "cut");
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new CxrTrainer(Train, Validation, options, run).Run(new At(static progress => progress.Validation is not null, stop.Cancel), stop.Token));
        return run;
    }
}
