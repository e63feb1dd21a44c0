using System.Text.Json;

namespace CxrNet.Cli.Tests;

public sealed class BenchingAModel
{
    private static readonly string[] Stages = ["decode", "classify, one by one", "classify, 2 in a batch", "decode and classify"];

    [Fact]
    public void EveryStageHasAFigure()
    {
        using Cli cli = new();
        cli.Phantom("xrays/a.png");
        cli.Phantom("xrays/b.png", "normal");
        CliResult result = Cli.Run("bench", "--model", cli.Model, "--images", cli.Path("xrays"), "--seconds", "0.05", "--batch", "2", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal((2, "onnx"), (json.GetProperty("images").GetInt32(), json.GetProperty("backend").GetString()));
        Assert.Equal(96 * 96 / 1e6, json.GetProperty("megapixels").GetDouble(), 1e-9);
        Assert.True(json.GetProperty("first_result_ms").GetDouble() > 0);
        Assert.Equal(Stages, json.GetProperty("stages").EnumerateArray().Select(static s => s.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("stages").EnumerateArray(), static s =>
        {
            double median = s.GetProperty("median_ms").GetDouble();
            Assert.InRange(median, s.GetProperty("low_ms").GetDouble(), s.GetProperty("high_ms").GetDouble());
            Assert.Equal(1000 / median, s.GetProperty("images_per_second").GetDouble(), 1e-6);
            Assert.True(s.GetProperty("calls").GetInt32() >= 3);
            Assert.True(s.GetProperty("allocated_bytes").GetDouble() > 0);
        });
    }

    [Fact]
    public void WithoutFilesDrawnChestsAreMeasuredAndABatchOfOneIsNoStageOfItsOwn()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("bench", "--model", cli.Model, "--seconds", "0.01", "--batch", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.All((string[])["images/s", "4 images of 1.0 megapixels", "decode and classify"], text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("in a batch", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeReadIsNamedAndTheRestIsMeasured()
    {
        using Cli cli = new();
        cli.Phantom("xrays/a.png");
        cli.Write("xrays/broken.png", [1, 2, 3]);
        CliResult result = Cli.Run("bench", "--model", cli.Model, "--images", cli.Path("xrays"), "--seconds", "0.01", "--json");
        Assert.Contains("broken.png", result.OneError(), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(result.Json).GetProperty("images").GetInt32());

        CliResult none = Cli.Run("bench", "--model", cli.Model, "--images", cli.Path("xrays/broken.png"), "--json");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("None of the 1 images", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seconds 0", "--seconds is 0", 2)]
    [InlineData("--seconds -1", "--seconds is -1", 2)]
    [InlineData("--batch 0", "1 or more", 2)]
    [InlineData("--images no/such.png", "no/such.png", 1)]
    [InlineData("--model no-such.onnx", "there is no such file", 1)]
    public void WhatCannotBeMeasuredIsSaid(string arguments, string message, int exitCode)
    {
        CliResult result = Cli.Run(["bench", .. arguments.Split(' ')]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
