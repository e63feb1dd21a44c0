using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class QuantizingAModel
{
    [Fact]
    public void TheSourceIsNotWrittenOverAndAFolderThatIsNotThereIsSaidFirst()
    {
        using Cli cli = new();
        byte[] before = File.ReadAllBytes(cli.Model);
        cli.Manifest(4);
        foreach (string target in (string[])[cli.Model, cli.Path("none/small.onnx")])
        {
            CliResult result = Cli.Run("quantize", cli.Model, "--images", cli.Path("images"), "--out", target);
            Assert.Contains($"--out '{target}'", result.OneError(), StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(cli.Model));
    }

    [Fact]
    public void AFolderIsCalibratedOnAndAFifthOfItHeldOut()
    {
        using Cli cli = new();
        string model = Slow(cli), small = cli.Path("model-int8.onnx");
        for (int i = 0; i < 6; i++)
        {
            Directory.CreateDirectory(cli.Path("xrays"));
            cli.Phantom($"xrays/{i}.png", i % 2 == 0 ? "covid19" : "normal", 64 + i);
        }

        CliResult result = Cli.Run("quantize", model, "--images", cli.Path("xrays"), "--out", small, "--method", "entropy", "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Json.Length);
        JsonElement made = result.Json[0], compared = result.Json[1];
        Assert.Equal(("conformance-classifier-1-int8", "entropy", 5), (made.GetProperty("model").GetString(), made.GetProperty("method").GetString(), made.GetProperty("calibration_images").GetInt32()));
        Assert.Equal(new FileInfo(small).Length, made.GetProperty("bytes").GetInt64());
        Assert.True(made.GetProperty("bytes").GetInt64() < made.GetProperty("source_bytes").GetInt64());
        JsonElement convolutions = made.GetProperty("operators").EnumerateArray().Single(static o => o.GetProperty("operator").GetString() == "Conv");
        Assert.Equal((3, 2), (convolutions.GetProperty("quantized").GetInt32(), convolutions.GetProperty("left").GetInt32()));
        Assert.Equal(1, compared.GetProperty("images").GetInt32());
        Assert.Equal(["conformance-classifier-1", "conformance-classifier-1-int8"], compared.GetProperty("backends").EnumerateArray().Select(static b => b.GetProperty("model").GetString()));
        Assert.InRange(compared.GetProperty("pairs")[0].GetProperty("max_logit_difference").GetDouble(), 1e-7, 0.1);
        Assert.Equal(0, Cli.Run("classify", cli.Path("xrays/0.png"), "--model", small).ExitCode);
    }

    [Fact]
    public void AManifestsSplitIsCalibratedOnAndAnotherCompared()
    {
        using Cli cli = new();
        cli.Phantom("a.png");
        cli.Phantom("b.png", "normal");
        string manifest = cli.Write("manifest.csv", "file,label,split\na.png,covid19,val\nb.png,normal,val\nb.png,normal,test\n"u8.ToArray());
        string[] args = ["quantize", Slow(cli), "--data", manifest, "--out", cli.Path("small.onnx")];
        CliResult printed = Cli.Run([.. args, "--limit", "1"]);
        Assert.Equal(0, printed.ExitCode);
        Assert.All((string[])["calibrated on 1 images, minmax", "gives an output of the card", "onnx / onnx-int8", "images/s"], text => Assert.Contains(text, printed.Output, StringComparison.Ordinal));
        Assert.Contains("of manifest.csv, seed 1", Cli.Run("card", cli.Path("small.onnx"), "--json").Output, StringComparison.Ordinal);
        Assert.Contains("--split and --test-split are both 'val'", Cli.Run([.. args, "--test-split", "val"]).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeQuantizedIsSaidInALine()
    {
        using Cli cli = new();
        string image = cli.Phantom("xrays.png");
        Directory.CreateDirectory(cli.Path("one"));
        File.Copy(image, cli.Path("one/a.png"));
        Assert.Contains("some are held out", Cli.Run("quantize", cli.Model, "--images", cli.Path("one"), "--out", cli.Path("x.onnx")).OneError(), StringComparison.Ordinal);
        File.Copy(image, cli.Path("one/b.png"));
        Assert.Contains("has no convolution or matrix product that can be quantised", Cli.Run("quantize", cli.Model, "--images", cli.Path("one"), "--out", cli.Path("x.onnx")).OneError(), StringComparison.Ordinal);
        Assert.Contains("Either --images with a folder or --data with a manifest", Cli.Run("quantize", cli.Model, "--out", cli.Path("x.onnx")).Error, StringComparison.Ordinal);
        Assert.Contains("--percentile is 20", Cli.Run("quantize", cli.Model, "--images", cli.Path("one"), "--out", cli.Path("x.onnx"), "--percentile", "20").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.Path("x.onnx")));
    }

    private static string Slow(Cli cli) => cli.Write("model.onnx", (TinyOnnx.For(ConformanceCards.Classifier) with { SlowLayers = 3 }).ToBytes());
}
