using CxrNet.Torch.Training;

namespace CxrNet.Cli.Tests;

public sealed class KeepingQuiet
{
    [Fact]
    public void RemarksAreLeftOutAndResultsStay()
    {
        using Cli cli = new();
        string loud = Cli.Run("classify", "--demo", "--model", cli.Model).Output;
        CliResult quiet = Cli.Run("classify", "--demo", "--model", cli.Model, "--quiet");
        Assert.Contains("nobody's X-ray", loud, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody's X-ray", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("covid19", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("not a medical device", quiet.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsAreStillSaid()
    {
        using Cli cli = new();
        Assert.Contains(cli.Path("none.png"), Cli.Run("classify", cli.Path("none.png"), "--model", cli.Model, "--quiet").OneError(), StringComparison.Ordinal);
        Assert.Contains("cxrnet:", Cli.Run("card", cli.Path("none.onnx"), "-q").OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void NoProgressIsWritten()
    {
        using StringWriter loud = new();
        using StringWriter inner = new();
        using QuietError quiet = new(inner);
        using ProgressLine first = new(loud, "done", 1000, TimeSpan.Zero);
        using ProgressLine second = new(quiet, "done", 1000, TimeSpan.Zero);
        first.Report(10);
        second.Report(10);
        Assert.Contains("done: 10/1000", loud.ToString(), StringComparison.Ordinal);
        Assert.Equal("", inner.ToString());
    }

    [Fact]
    public void ATrainingSaysWithinAnEpochHowFarItIsInALogTooAndNotWhenQuiet()
    {
        using StringWriter output = new();
        using StringWriter log = new();
        using StringWriter inner = new();
        using QuietError quiet = new(inner);
        using StringWriter patient = new();
        TrainingProgress step = new("map", 1, 3, 10, 159, 0.5, 7, 0.04, TimeSpan.FromMinutes(70), null);
        new TrainingReport(output, log, TimeSpan.Zero).Report(step);
        new TrainingReport(output, quiet, TimeSpan.Zero).Report(step);
        new TrainingReport(output, patient, TimeSpan.FromHours(1)).Report(step);
        Assert.Equal("map epoch 1/3, step 10/159: loss 0.5000, 7.0 images/s, loading 4 %, 1:10:00 left" + Environment.NewLine, log.ToString());
        Assert.Equal("", inner.ToString() + patient + output);
    }
}
