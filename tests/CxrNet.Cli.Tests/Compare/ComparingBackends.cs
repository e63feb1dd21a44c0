using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class ComparingBackends
{
    [Fact]
    public void AModelAndItsCopyAgreeToTheLastBit()
    {
        using Cli cli = new();
        cli.Phantom("a.png");
        CliResult result = Cli.Run("compare", cli.Phantom("b.png", "normal"), cli.Path("a.png"), "--model", cli.Model, "--backends", $"onnx,onnx-copy={cli.Model}", "--json", "--require", "same-weights");
        Assert.Equal(0, result.ExitCode);
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(2, json.GetProperty("images").GetInt32());
        Assert.Equal(["onnx", "onnx-copy"], json.GetProperty("backends").EnumerateArray().Select(static b => b.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("backends").EnumerateArray(), static b => Assert.True(b.GetProperty("images_per_second").GetDouble() > 0));
        JsonElement pair = Assert.Single(json.GetProperty("pairs").EnumerateArray());
        Assert.Equal((0, 0, 1), (pair.GetProperty("max_logit_difference").GetDouble(), pair.GetProperty("max_map_difference").GetDouble(), pair.GetProperty("logit_correlation").GetDouble()));
        Assert.Equal((0, 0, 8), (pair.GetProperty("top_flips").GetInt32(), pair.GetProperty("decision_flips").GetInt32(), pair.GetProperty("decisions").GetInt32()));
        Assert.Empty(pair.GetProperty("exceeding").EnumerateArray());
    }

    [Fact]
    public void OfThreeEachPairIsComparedAndWhatDiffersFailsWhereItMustNot()
    {
        using Cli cli = new();
        string other = cli.Write("other.onnx", (TinyOnnx.For(ConformanceCards.Classifier) with { Seed = 2 }).ToBytes());
        string[] args = ["compare", "--phantom", "5", "--model", cli.Model, "--backends", $"onnx,onnx-a={cli.Model},onnx-b={other}", "--batch", "2", "--quiet"];
        CliResult printed = Cli.Run([.. args]);
        Assert.Equal(0, printed.ExitCode);
        Assert.Equal("", printed.Error);
        Assert.All((string[])["onnx / onnx-a", "onnx / onnx-b", "onnx-a / onnx-b", "images/s", "5 images, 2 in a batch"], text => Assert.Contains(text, printed.Output, StringComparison.Ordinal));

        CliResult held = Cli.Run([.. args, "--json", "--require", "same-weights"]);
        Assert.Equal(1, held.ExitCode);
        Assert.Equal([0, 1, 1], Assert.Single(held.Json).GetProperty("pairs").EnumerateArray().Select(static p => Math.Sign(p.GetProperty("exceeding").GetArrayLength())));
        Assert.Equal(2, held.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("cxrnet: onnx and onnx-b differ: a logit by ", held.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestsSplitIsCompared()
    {
        using Cli cli = new();
        cli.Phantom("a.png");
        cli.Phantom("b.png", "normal");
        string manifest = cli.Write("manifest.csv", "file,label,split\na.png,covid19,test\nb.png,normal,train\nb.png,normal,test\n"u8.ToArray());
        string[] args = ["compare", manifest, "--model", cli.Model, "--backends", $"onnx,onnx-2={cli.Model}", "--json"];
        Assert.Equal(2, Assert.Single(Cli.Run(args).Json).GetProperty("images").GetInt32());
        Assert.Equal(1, Assert.Single(Cli.Run([.. args, "--split", "train"]).Json).GetProperty("images").GetInt32());
        Assert.Equal(1, Assert.Single(Cli.Run([.. args, "--limit", "1"]).Json).GetProperty("images").GetInt32());
        Assert.Contains("no row of split 'x'", Cli.Run([.. args, "--split", "x"]).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeReadIsNamedAndTheRestIsCompared()
    {
        using Cli cli = new();
        cli.Write("broken.png", [1, 2, 3]);
        string[] pair = ["--model", cli.Model, "--backends", $"onnx,onnx-2={cli.Model}", "--json"];
        CliResult result = Cli.Run(["compare", cli.Path("broken.png"), cli.Phantom("a.png"), .. pair]);
        Assert.Contains("broken.png", result.OneError(), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(result.Json).GetProperty("images").GetInt32());

        CliResult none = Cli.Run(["compare", cli.Path("broken.png"), .. pair]);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("None of the 1 images", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACopyIsFoundBesideItsModelByItsName()
    {
        using Cli cli = new();
        string model = cli.Write("a.b.onnx", File.ReadAllBytes(cli.Model)), copy = cli.Write("a.b-int8.onnx", File.ReadAllBytes(cli.Model));
        string[] args = ["compare", "--phantom", "1", "--model", model, "--backends", "onnx,onnx-int8", "--json"];
        Assert.Equal([model, copy], Assert.Single(Cli.Run(args).Json).GetProperty("backends").EnumerateArray().Select(static b => b.GetProperty("file").GetString()));
        File.Delete(copy);
        Assert.Contains("a.b-int8.onnx", Cli.Run(args).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMapThatIsNoNumberIsPrintedAsOne()
    {
        PairLine pair = new("a", "b", 0, 0, float.NaN, double.NaN, 0, 0, 4, []);
        using JsonDocument json = JsonDocument.Parse(JsonLines.Of(new CompareLine(1, 1, [], [pair, pair with { MaxMapDifference = null }])));
        Assert.Equal(["NaN", null], json.RootElement.GetProperty("pairs").EnumerateArray().Select(static p => p.GetProperty("max_map_difference").GetString()));
    }

    [Theory]
    [InlineData("onnx", "two or more")]
    [InlineData("onnx,tensorflow", "'tensorflow'")]
    [InlineData("onnx,onnx-int8", "onnx-int8=FILE was expected")]
    [InlineData("onnx,onnx", "names one twice")]
    public void BackendsThatMakeNoComparisonAreRefused(string backends, string message) =>
        Assert.Contains(message, Cli.Run("compare", "--phantom", "1", "--backends", backends).OneError(), StringComparison.Ordinal);

    [Theory]
    [InlineData("compare", "Either files or --phantom")]
    [InlineData("compare a.png --phantom 2", "Either files or --phantom")]
    [InlineData("compare --phantom 0", "1 or more")]
    [InlineData("compare a.png --limit 0", "1 or more")]
    public void WhatIsMissingOrTooMuchIsSaid(string arguments, string message) =>
        Assert.Contains(message, Cli.Run(arguments.Split(' ')).OneError(), StringComparison.Ordinal);

    [Fact]
    public void WithoutLibtorchItIsSaidHowToGetIt() =>
        Assert.Contains("-p:WithTorch=true", Cli.Run("compare", "--phantom", "1").OneError(), StringComparison.Ordinal);

    [Fact]
    public void ModelsOfOtherFindingsAreNotCompared()
    {
        using Cli cli = new();
        string other = cli.Write("other.onnx", TinyOnnx.For(ConformanceCards.Classifier with { Findings = [.. ConformanceCards.Classifier.Findings.Reverse()] }).ToBytes());
        Assert.Contains("same findings", Cli.Run("compare", "--phantom", "1", "--model", cli.Model, "--backends", $"onnx,onnx-2={other}").OneError(), StringComparison.Ordinal);
    }
}
