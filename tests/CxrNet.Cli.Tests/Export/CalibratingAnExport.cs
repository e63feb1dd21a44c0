using CxrNet.Evaluation;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

/// <summary>What export --calibrate fits; the export before it needs libtorch.</summary>
public sealed class CalibratingAnExport
{
    private const int Count = 96;

    [Fact]
    public void BiasesTemperatureAndPointsComeFromValAndTheGuardFromBoth()
    {
        // The tiny model has no pooled features for a guard to look at.
        Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The model is not in this build.");
        using Cli cli = new();
        string model = cli.Write("shipped.onnx", BundledModels.CxrNetS.ReadAllBytes());
        CxrModelCard card = OnnxCard.Read(model) with { Metrics = new Dictionary<string, double> { ["test.accuracy"] = 0.5 } };
        using StringWriter said = new();

        ExportCalibration fit = ExportCalibration.Fit(model, card, Request(Manifest(cli)), said);

        Assert.Equal(4, fit.Biases.Count);
        Assert.All(fit.Biases, static bias => Assert.True(double.IsFinite(bias)));
        Assert.All(fit.Card.Findings, static finding => Assert.Contains("the split 'val'", finding.ThresholdProvenance, StringComparison.Ordinal));
        Assert.Contains("the split 'val'", fit.Card.Abstain!.Provenance, StringComparison.Ordinal);
        Assert.Contains("48 images of 'train'", fit.Card.Guard!.Provenance, StringComparison.Ordinal);
        Assert.Contains("48 images of 'val'", fit.Card.Guard.Provenance, StringComparison.Ordinal);
        Assert.Contains("95 % interval up to 7.4 %; 2.0 % were asked for", fit.Card.Guard.Provenance, StringComparison.Ordinal);
        Assert.Contains("48 images of 'val' cannot show", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("189 images", said.ToString(), StringComparison.Ordinal);

        // They are passed on; the exporter compares the weights that they are of with those that it writes.
        Assert.Equal(card.Metrics, fit.Card.Metrics);
        Assert.Contains("calibrated on 'val'", fit.Summary, StringComparison.Ordinal);

        // The card is read again, and its guard runs.
        string file = cli.Write("card.json", System.Text.Encoding.UTF8.GetBytes(fit.Card.ToJson()));
        Assert.True(Assert.Single(Cli.Run("classify", cli.Phantom("a.png"), "--model", model, "--card", file, "--json").Json).GetProperty("distance").GetDouble() > 0);
    }

    [Fact]
    public void DrawnChestsAreAGroupOfTheGuardWhereTheyAreAskedFor()
    {
        Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The model is not in this build.");
        using Cli cli = new();
        string model = cli.Write("shipped.onnx", BundledModels.CxrNetS.ReadAllBytes());
        ExportRequest request = Request(Manifest(cli, 2 * GuardFit.LeastGroup));

        CardGuard without = ExportCalibration.Fit(model, OnnxCard.Read(model), request, TextWriter.Null).Card.Guard!;
        CardGuard with = ExportCalibration.Fit(model, OnnxCard.Read(model), request with { Phantoms = GuardFit.LeastGroup }, TextWriter.Null).Card.Guard!;

        Assert.Equal(without.Parts.Select(static part => part.Groups + 1), with.Parts.Select(static part => part.Groups));
        Assert.Contains("50 images of 'train' and 50 drawn chests", with.Provenance, StringComparison.Ordinal);
        Assert.DoesNotContain("drawn", without.Provenance, StringComparison.Ordinal);
    }

    [Fact]
    public void DrawnChestsWithoutAGroupBesideThemAndFindingsThatCannotBeDrawnAreRefused()
    {
        CliResult few = Cli.Run("export", "run", "--out", "x.onnx", "--calibrate", "m.csv", "--phantoms", "49");
        Assert.Equal(2, few.ExitCode);
        Assert.Contains("--phantoms is 49; 0 or 50 or more was expected", few.Error, StringComparison.Ordinal);

        using Cli cli = new();
        ExportRequest request = Request(Manifest(cli)) with { Phantoms = GuardFit.LeastGroup };
        Assert.Contains("would be all that the guard knows", Assert.Throws<InvalidDataException>(() => ExportCalibration.Fit(cli.Model, OnnxCard.Read(cli.Model), request, TextWriter.Null)).Message, StringComparison.Ordinal);

        CxrModelCard card = OnnxCard.Read(cli.Model);
        using OnnxClassifier effusion = OnnxClassifier.Load(cli.Model, new OnnxOptions { Card = card with { Findings = [card.Findings[0] with { Name = "effusion" }, .. card.Findings.Skip(1)] } });
        Assert.Contains("'effusion' is no class of phantom", Assert.Throws<ArgumentException>(() => GuardPhantoms.Draw(effusion, GuardFit.LeastGroup, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsKeptOfACalibrationThatTheCardBrings()
    {
        Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The model is not in this build.");
        using Cli cli = new();
        string model = cli.Write("shipped.onnx", BundledModels.CxrNetS.ReadAllBytes());
        string manifest = Manifest(cli);

        // Of 'val' so few of covid19 are left that its operating point is not drawn: one that another network had must not keep its temperature.
        int covid = 0;
        File.WriteAllLines(manifest, [.. File.ReadAllLines(manifest).Where(line => !line.EndsWith(",covid19,val", StringComparison.Ordinal) || covid++ < 4)]);
        CxrModelCard other = OnnxCard.Read(model) with { Temperature = 3 };
        other = other with { Findings = [.. other.Findings.Select(static f => f with { Threshold = 0.2f, ThresholdProvenance = "Youden on another's", OperatingPoints = [new CardOperatingPoint("Youden", 0.2f, 1, 1, "another's")] })] };

        CxrModelCard fit = ExportCalibration.Fit(model, other, Request(manifest), TextWriter.Null).Card;

        Assert.NotEqual(3, fit.Temperature);
        Assert.Equal(new CardFinding("covid19"), fit.Findings[3]);
    }

    [Fact]
    public void ALabelThatTheModelDoesNotKnowIsNamedBeforeAnythingIsScored()
    {
        using Cli cli = new();
        string manifest = Manifest(cli);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(",covid19,val", ",flu,val", StringComparison.Ordinal));
        using StringWriter said = new();
        Assert.Contains("labelled 'flu'", Assert.Throws<InvalidDataException>(() => ExportCalibration.Fit(cli.Model, OnnxCard.Read(cli.Model), Request(manifest), said)).Message, StringComparison.Ordinal);
        Assert.Equal("", said.ToString());
    }

    [Fact]
    public void ACalibrationThatIsCalledOffStops()
    {
        using Cli cli = new();
        Assert.ThrowsAny<OperationCanceledException>(() => ExportCalibration.Fit(cli.Model, OnnxCard.Read(cli.Model), Request(Manifest(cli)), TextWriter.Null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("--alpha has no meaning without --calibrate", "--alpha", "0.2")]
    [InlineData("--val-split has no meaning without --calibrate", "--val-split", "x")]
    [InlineData("--class-frequencies has no meaning without --calibrate", "--class-frequencies", "given")]
    [InlineData("--false-alarms has no meaning without --calibrate", "--false-alarms", "0.1")]
    [InlineData("--phantoms has no meaning without --calibrate", "--phantoms", "64")]
    public void OptionsThatWouldBePassedOverAreRefused(string message, params string[] options)
    {
        CliResult result = Cli.Run(["export", "run", "--out", "x.onnx", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEncoderAloneOfAFinishedFileIsRefused()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("export", cli.Model, "--out", cli.Path("x.onnx"), "--encoder-alone");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("finished file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageThatCannotBeReadStopsIt()
    {
        using Cli cli = new();
        string manifest = Manifest(cli);
        File.WriteAllText(Directory.GetFiles(cli.Path("images"))[0], "no image");
        Assert.Contains("a calibration needs all of them", Assert.Throws<InvalidDataException>(() => ExportCalibration.Fit(cli.Model, OnnxCard.Read(cli.Model), Request(manifest), TextWriter.Null)).Message, StringComparison.Ordinal);
    }

    private static ExportRequest Request(string manifest) => new("run", "model.onnx", null, false, manifest);

    private static string Manifest(Cli cli, int count = Count)
    {
        string manifest = cli.Manifest(count);
        File.WriteAllLines(manifest, [.. File.ReadAllLines(manifest).Select((line, i) => line.Replace(",test", i <= count / 2 ? ",train" : ",val", StringComparison.Ordinal))]);
        return manifest;
    }
}
