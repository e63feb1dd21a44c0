using System.CommandLine;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;

namespace CxrNet.Cli.Tests;

public sealed class AskingForOptionsThatNothingReads
{
    [Theory]
    [InlineData("--lung-share would change nothing: encoder, settle would read it, and this training has joint alone.", "--preset", "paper", "--lung-share", "0.2")]
    [InlineData("--mixup-share would change nothing: encoder would read it", "--preset", "paper", "--mixup-share", "0.2")]
    [InlineData("--map-epochs would change nothing: it is read with --preset faithful and a --feed that has a map alone.", "--preset", "paper", "--map-epochs", "2")]
    [InlineData("--settle-epochs would change nothing", "--feed", "image", "--settle-epochs", "2")]
    [InlineData("--classes would change nothing: encoder, map, settle, joint would read it, and this training has lungs alone.", "--task", "lungs", "--classes", "a", "b")]
    [InlineData("--phantoms would change nothing", "--task", "lungs", "--phantoms", "4")]
    [InlineData("--lungs would change nothing: it is read with --lung-handling alone.", "--task", "lungs", "--lungs", "lungs.onnx")]
    [InlineData("--detail-share would change nothing: it is read with --transplant-share alone.", "--detail-share", "0.5")]
    [InlineData("--teacher-weight would change nothing: it is read with --teacher alone.", "--teacher-weight", "0.5")]
    [InlineData("--teacher would change nothing: encoder, settle would read it, and this training has map alone.", "--epochs", "0", "--teacher", "t.safetensors")]
    [InlineData("--start-epochs would change nothing: it is read with --start-side alone.", "--start-epochs", "2")]
    [InlineData("--start-side would change nothing: it is read with --start-epochs or --map-start-epochs alone.", "--start-side", "128")]
    [InlineData("--settle-map-share would change nothing: settle would read it, and this training has encoder, map alone.", "--settle-map-share", "0.5")]
    [InlineData("--settle-reveal-share would change nothing", "--settle-reveal-share", "0.5")]
    [InlineData("--keep-map-weight would change nothing: map would read it", "--map-epochs", "0", "--keep-map-weight", "1")]
    [InlineData("--settle-withheld-share would change nothing", "--settle-withheld-share", "0.5")]
    [InlineData("--insertion-weight would change nothing: map would read it, and this training has encoder alone.", "--map-epochs", "0", "--insertion-weight", "1")]
    [InlineData("--insertion-share would change nothing: it is read with --insertion-weight alone.", "--insertion-share", "0.2")]
    public void TheOptionIsNamedWithWhatWouldReadIt(string message, params string[] given)
    {
        CliResult result = Cli.Run(["train", "--data", "m.csv", "--out", "run", .. given]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(message, result.OneError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--task", "lungs", "--lungs", "lungs.onnx", "--lung-handling", "crop", "--transplant-share", "0.2")]
    [InlineData("--preset", "paper", "--feed", "map", "--map-epochs", "0", "--single-source-weight", "0.5")]
    [InlineData("--epochs", "0", "--map-epochs", "2", "--map-start-epochs", "1", "--start-side", "128", "--area-weight", "1")]
    [InlineData("--map-epochs", "0", "--settle-epochs", "2", "--lung-share", "0.2", "--teacher", "t.safetensors", "--teacher-weight", "0.5")]
    public void WhatAPhaseReadsIsTaken(params string[] given) =>
        Assert.Empty(CliApp.CreateRoot().Parse(["train", "--data", "m.csv", "--out", "run", .. given]).Errors);

    [Fact]
    public void ARunThatIsThereGoesOnWithTheOptionsThatItBeganWith()
    {
        using Cli cli = new();
        cli.Write("run/checkpoint.json", "{}"u8.ToArray());
        Assert.Empty(CliApp.CreateRoot().Parse(["train", "--data", "m.csv", "--out", cli.Path("run"), "--detail-share", "0.5"]).Errors);
    }

    [Fact]
    public void EachOptionSetsWhatItIsCalled()
    {
        TrainingOptions options = Options("--preset", "paper", "--network", "R", "--feed", "blend", "--side", "96", "--tone", "0.1", "--split-sources-by", "a", "b", "--half-precision");
        Assert.Equal(TrainingPreset.Paper, options.Preset);
        Assert.Equal(CxrNetPresets.Residual with { Feed = "blend" }, options.Network);
        Assert.Equal((96, true, 0.1, 0.1), (options.Side, options.HalfPrecision, options.Augmentation.LogGamma, options.Augmentation.LocalContrast));
        Assert.Equal(["a", "b"], options.SourceNotes);
        Assert.Equal(new TrainingOptions().Augmentation, Options().Augmentation);
        Assert.Equal(14, Options().EncoderEpochs);
    }

    private static TrainingOptions Options(params string[] given)
    {
        TrainSwitch[] switches = TrainSwitches.Create();
        Command command = new("train");
        foreach (TrainSwitch one in switches)
        {
            command.Options.Add(one.Option);
        }

        ParseResult parsed = command.Parse(given);
        Assert.Empty(parsed.Errors);
        return TrainSwitches.Options(switches, parsed.CommandResult, lungs: false);
    }
}
