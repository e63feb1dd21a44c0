using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.Imaging;
using CxrNet.Models;

namespace CxrNet.Cli.Tests;

public sealed class SegmentingFiles
{
    [Fact]
    public void AMaskOfTheImagesSizeIsWrittenAndDescribed()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string file = cli.Phantom("chest.png", "normal", 300);

        JsonElement json = Assert.Single(Cli.Run("segment", file, "--out", cli.Path("masks"), "--json").Json);

        Assert.Equal(cli.Path("masks/chest.mask.png"), json.GetProperty("mask").GetString());
        DecodedImage mask = RadiographDecoder.Default.DecodeFile(cli.Path("masks/chest.mask.png"));
        Assert.Equal((300, 300), (mask.Width, mask.Height));
        float[] pixels = GrayConversion.ToGray(mask).Pixels.ToArray();
        Assert.All(pixels, static p => Assert.True(p is 0 or 1, $"{p}"));
        Assert.Equal(pixels.Average(), json.GetProperty("area_share").GetDouble(), 1e-4);

        // The share of a whole is the sum of its sides, and the patient's right lung is on the image's left.
        JsonElement right = json.GetProperty("right");
        JsonElement left = json.GetProperty("left");
        Assert.Equal(json.GetProperty("area_share").GetDouble(), right.GetProperty("area_share").GetDouble() + left.GetProperty("area_share").GetDouble(), 2e-5);
        Assert.InRange(right.GetProperty("area_share").GetDouble(), 0.02, 0.4);
        Assert.True(right.GetProperty("box").GetProperty("x").GetInt32() < left.GetProperty("box").GetProperty("x").GetInt32());
    }

    [Fact]
    public void ABadFileIsNamedAndTheRestGoesOn()
    {
        using Cli cli = new();
        string model = TinyOnnx.For(ConformanceCards.LungSegmenter).Save(Directory.CreateDirectory(cli.Path("model")).FullName, "lungs.onnx");
        cli.Phantom("in/a.png", size: 64);
        cli.Write("in/b.png", [1, 2, 3]);
        cli.Phantom("in/c.png", size: 48);

        CliResult result = Cli.Run("segment", cli.Path("in"), "--out", cli.Path("masks"), "--model", model, "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, result.Json.Length);
        Assert.True(result.Json[1].TryGetProperty("error", out _));
        Assert.Equal(["a.mask.png", "c.mask.png"], Directory.GetFiles(cli.Path("masks")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MasksBesideTheirImagesAreNotTakenForRadiographs()
    {
        using Cli cli = new();
        string model = TinyOnnx.For(ConformanceCards.LungSegmenter).Save(Directory.CreateDirectory(cli.Path("model")).FullName, "lungs.onnx");
        cli.Phantom("in/a.png", size: 64);
        for (int run = 0; run < 2; run++)
        {
            Assert.Single(Cli.Run("segment", cli.Path("in"), "--out", cli.Path("in"), "--model", model, "--json").Json);
        }

        Assert.Equal(["a.mask.png", "a.png"], Directory.GetFiles(cli.Path("in")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Cli.Run("segment", cli.Path("in/a.mask.png"), "--out", cli.Path("out"), "--model", model, "--json").Json);
    }

    [Fact]
    public void AClassifierIsNoSegmenter()
    {
        using Cli cli = new();
        Assert.Contains("LungSegmentation", Cli.Run("segment", cli.Phantom("a.png"), "--out", cli.Path("masks"), "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }
}
