using CxrNet.Cli.Commands;
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

        ExportCalibration fit = ExportCalibration.Fit(model, card, Request(Manifest(cli)), TextWriter.Null);

        Assert.Equal(4, fit.Biases.Count);
        Assert.All(fit.Biases, static bias => Assert.True(double.IsFinite(bias)));
        Assert.All(fit.Card.Findings, static finding => Assert.Contains("the split 'val'", finding.ThresholdProvenance, StringComparison.Ordinal));
        Assert.Contains("the split 'val'", fit.Card.Abstain!.Provenance, StringComparison.Ordinal);
        Assert.Contains("48 images of 'train'", fit.Card.Guard!.Provenance, StringComparison.Ordinal);
        Assert.Contains("48 images of 'val'", fit.Card.Guard.Provenance, StringComparison.Ordinal);
        Assert.Equal(card.Metrics, fit.Card.Metrics);
        Assert.Contains("calibrated on 'val'", fit.Summary, StringComparison.Ordinal);

        // The card is read again, and its guard runs.
        string file = cli.Write("card.json", System.Text.Encoding.UTF8.GetBytes(fit.Card.ToJson()));
        Assert.True(Assert.Single(Cli.Run("classify", cli.Phantom("a.png"), "--model", model, "--card", file, "--json").Json).GetProperty("distance").GetDouble() > 0);
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

    private static string Manifest(Cli cli)
    {
        string manifest = cli.Manifest(Count);
        File.WriteAllLines(manifest, [.. File.ReadAllLines(manifest).Select(static (line, i) => line.Replace(",test", i <= Count / 2 ? ",train" : ",val", StringComparison.Ordinal))]);
        return manifest;
    }
}
