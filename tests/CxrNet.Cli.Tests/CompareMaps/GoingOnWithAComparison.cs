using System.Text.Json;
using System.Text.Json.Nodes;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class GoingOnWithAComparison : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void WhatIsKnownOfAnImageIsNotMeasuredAgain()
    {
        Compare("network,random");
        string file = _cli.Path("out/images/00000.json");
        JsonNode image = JsonNode.Parse(File.ReadAllText(file))!;
        image["maps"]!["network"]!["figures"]!["insertion"] = 0.125;
        File.WriteAllText(file, image.ToJsonString());

        // A method more: the others' figures stay.
        Compare("network,random,eigencam");

        JsonElement[] rows = [.. Results().GetProperty("rows").EnumerateArray()];
        Assert.Equal(3 * 4, rows.Length);
        Assert.Equal(0.125, rows.Single(r => r.GetProperty("method").GetString() == "network" && r.GetProperty("figures").GetProperty("insertion").GetDouble() == 0.125).GetProperty("figures").GetProperty("insertion").GetDouble());
        Assert.Equal(3 * 4 + 4, Directory.GetFiles(_cli.Path("out/images"), "*.png").Length);
    }

    [Fact]
    public void AFileThatWasCutOffIsMeasuredAgain()
    {
        Compare("network");
        string file = _cli.Path("out/images/00001.json");
        File.WriteAllText(file, File.ReadAllText(file)[..40]);

        Compare("network");

        Assert.Equal(4, Results().GetProperty("rows").GetArrayLength());
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(file)));
    }

    [Fact]
    public void ResultsOfOtherSettingsAreNotMixedIn()
    {
        Compare("network");
        CliResult other = Run("network", "--steps", "5");
        Assert.Contains("steps 4", other.OneError(), StringComparison.Ordinal);
        Assert.Contains("--restart", other.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("network", "--steps", "5", "--restart").ExitCode);
    }

    [Fact]
    public void FiguresOfAnotherVersionAreNotMixedIn()
    {
        Compare("network");
        string settings = _cli.Path("out/images/settings.txt");
        string mine = File.ReadAllText(settings);
        Assert.StartsWith($"figures {ComparisonSettings.Figures}, ", mine, StringComparison.Ordinal);
        File.WriteAllText(settings, mine.Replace($"figures {ComparisonSettings.Figures}, ", "", StringComparison.Ordinal));
        Assert.Contains("--restart", Run("network").OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheFirstRunWarnedOfTheNextOneSaysToo()
    {
        string manifest = _cli.TwoClasses(2, ",lung_mask", i => i == 0 ? ",nowhere.png" : ",");
        string[] command = ["compare-maps", "--data", manifest, "--methods", "network", "--steps", "4", "--out", _cli.Path("warned"), "--model", _cli.Model];
        for (int run = 0; run < 2; run++)
        {
            CliResult result = Cli.Run(command);
            Assert.Equal(0, result.ExitCode);
            Assert.Single(result.Error.Split('\n'), l => l.StartsWith("warning: the lung mask", StringComparison.Ordinal));
            Assert.Contains("nowhere.png", File.ReadAllText(_cli.Path("warned/maps.html")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("network,magic", "covid19")]
    [InlineData("network", "covid")]
    public void ARestartThatCannotBeginLeavesTheOldResults(string methods, string target)
    {
        Compare("network");
        Assert.Equal(1, Run(methods, "--target", target, "--restart").ExitCode);
        Assert.Equal(4, Directory.GetFiles(_cli.Path("out/images"), "*.json").Length);
        Compare("network");
    }

    [Fact]
    public void AStartThatFailedDoesNotLockTheFolder()
    {
        Assert.Contains("'covid'", Run("network", "--target", "covid").OneError(), StringComparison.Ordinal);
        Assert.Equal(0, Run("network", "--target", "covid19").ExitCode);
        Directory.GetFiles(_cli.Path("out/images"), "*.json").ToList().ForEach(File.Delete);
        Assert.Equal(0, Run("network", "--steps", "5").ExitCode);
    }

    [Fact]
    public void AFolderOfRadiographsIsNeverTakenForResults()
    {
        string mine = _cli.Write("cls/images/mine.png", [1, 2, 3]);
        string[] command = ["compare-maps", "--phantom", "2", "--methods", "network", "--steps", "4", "--out", _cli.Path("cls"), "--model", _cli.Model];
        foreach (string[] run in (string[][])[command, [.. command, "--restart"]])
        {
            Assert.Contains("mine.png", Cli.Run(run).OneError(), StringComparison.Ordinal);
        }

        Assert.Equal([mine], Directory.GetFiles(_cli.Path("cls/images")));
    }

    [Fact]
    public void ARestartTakesAwayResultsAlone()
    {
        Compare("network");
        string mine = _cli.Write("out/images/mine.png", [1, 2, 3]), deep = _cli.Write("out/images/more/00000.json", [4]);
        Assert.Equal(0, Run("network", "--steps", "5", "--restart").ExitCode);
        Assert.True(File.Exists(mine) && File.Exists(deep));
        Assert.Contains("steps 5", File.ReadAllText(_cli.Path("out/images/settings.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void AHigherLimitFindsTwoFilesOfOneName()
    {
        string manifest = _cli.TwoClasses(2, rows: ["a/0.png,normal,test"]);
        _cli.Write("a/0.png", File.ReadAllBytes(_cli.Path("1.png")));
        foreach (string limit in (string[])["2", "3"])
        {
            CliResult result = Cli.Run("compare-maps", "--data", manifest, "--limit", limit, "--methods", "network,random", "--target", "covid19", "--steps", "4", "--out", _cli.Path("names"), "--model", _cli.Model);
            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    [Fact]
    public void AnotherCardBesideTheModelIsAnotherComparison()
    {
        CxrModelCard card = ConformanceCards.Classifier;
        string model = (TinyOnnx.For(card) with { Card = null }).Save(_cli.Path("."), "bare.onnx"), beside = _cli.Path("bare.card.json");
        File.WriteAllText(beside, card.ToJson());
        string[] command = ["compare-maps", "--phantom", "2", "--methods", "network", "--steps", "4", "--out", _cli.Path("bare"), "--model", model];
        Assert.Equal(0, Cli.Run(command).ExitCode);
        File.WriteAllText(beside, (card with { Temperature = 3 }).ToJson());
        Assert.Contains("--restart", Cli.Run(command).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherSegmenterInTheSameFileIsAnotherComparison()
    {
        string lungs = TinyOnnx.For(ConformanceCards.LungSegmenter).Save(_cli.Path("."), "lungs.onnx");
        Assert.Equal(0, Run("network", "--lungs", lungs).ExitCode);
        (TinyOnnx.For(ConformanceCards.LungSegmenter) with { Seed = 2 }).Save(_cli.Path("."), "lungs.onnx");
        Assert.Contains("--restart", Run("network", "--lungs", lungs).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherCardBesideTheSegmenterIsAnotherComparison()
    {
        CxrModelCard card = ConformanceCards.LungSegmenter;
        string lungs = (TinyOnnx.For(card) with { Card = null }).Save(_cli.Path("."), "bare-lungs.onnx"), beside = _cli.Path("bare-lungs.card.json");
        File.WriteAllText(beside, card.ToJson());
        Assert.Equal(0, Run("network", "--lungs", lungs).ExitCode);
        Assert.Equal(0, Run("network", "--lungs", lungs).ExitCode);
        File.WriteAllText(beside, (card with { Description = "another threshold" }).ToJson());
        Assert.Contains("--restart", Run("network", "--lungs", lungs).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherWeightsBesideTheModelAreAnotherComparison()
    {
        string model = (TinyOnnx.For(ConformanceCards.Classifier) with { ExternalLocation = "weights.bin" }).Save(_cli.Path("."), "outside.onnx");
        string[] command = ["compare-maps", "--phantom", "1", "--methods", "network", "--steps", "4", "--out", _cli.Path("outside"), "--model", model];
        byte[] weights = new byte[4 * 4 * 9];
        _cli.Write("weights.bin", weights);
        CliResult first = Cli.Run(command);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(0, Cli.Run(command).ExitCode);
        BitConverter.TryWriteBytes(weights, 0.5f);
        _cli.Write("weights.bin", weights);
        Assert.Contains("--restart", Cli.Run(command).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void SlowMethodsGetFewerImagesAndThePageSaysSo()
    {
        // No time at all: each method is tried on what the first look at the clock allows, and no image is promised.
        CliResult result = Run("network,random", "--minutes", "0.0000001");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("No image could be explained", result.Error, StringComparison.Ordinal);

        Compare("network");
        Assert.Contains("Every method was judged on all 4 images", File.ReadAllText(_cli.Path("out/maps.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralImagesAtATimeGiveTheSameFigures()
    {
        Compare("network,occlusion");
        Dictionary<string, double> one = Insertions();
        Directory.Delete(_cli.Path("out"), recursive: true);
        Assert.Equal(0, Run("network,occlusion", "--parallel", "3").ExitCode);
        Dictionary<string, double> three = Insertions();
        Assert.Equal(one.Keys.Order(), three.Keys.Order());
        Assert.All(one, figure => Assert.Equal(figure.Value, three[figure.Key], 1e-6));
    }

    [Fact]
    public async Task AStoppedRunLeavesAPageOfWhatItHas()
    {
        Compare("network");
        using CancellationTokenSource stop = new();
        using StringWriter output = new(), error = new();
        CompareMapsRequest request = Request() with { Methods = "network,occlusion" };
        await stop.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => new CompareMapsJob(request, output, error).Run(stop.Token));
        Assert.Contains("the run was stopped", File.ReadAllText(_cli.Path("out/maps.html")), StringComparison.Ordinal);
        Assert.Equal(4, Results().GetProperty("rows").GetArrayLength());
    }

    private CompareMapsRequest Request() => ComparisonRequests.OfPhantoms(_cli);

    private CliResult Run(string methods, params string[] more) =>
        Cli.Run(["compare-maps", "--phantom", "4", "--methods", methods, "--threads", "1", "--out", _cli.Path("out"), "--model", _cli.Model, .. Default("--parallel", "1", more), .. Default("--steps", "4", more), .. more]);

    private static string[] Default(string option, string value, string[] given) => given.Contains(option) ? [] : [option, value];

    private void Compare(string methods)
    {
        CliResult result = Run(methods);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private JsonElement Results() => JsonDocument.Parse(File.ReadAllText(_cli.Path("out/maps.json"))).RootElement;

    private Dictionary<string, double> Insertions() => Results().GetProperty("rows").EnumerateArray()
        .ToDictionary(r => r.GetProperty("method").GetString() + " " + r.GetProperty("image").GetString(), r => r.GetProperty("figures").GetProperty("insertion").GetDouble());
}
