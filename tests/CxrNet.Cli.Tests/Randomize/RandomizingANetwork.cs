using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Tests;

public sealed class RandomizingANetwork : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void MapsOfTheNetworkChangeAndControlsDoNot()
    {
        CliResult result = Cli.Run("randomize", "--phantom", "4", "--methods", "network,hirescam,occlusion,random", "--stages", "3", "--out", _cli.Path("out"), "--model", _cli.Model);
        Assert.True(result.ExitCode == 0, result.Error);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_cli.Path("out/randomize.json")));
        ILookup<string, JsonElement> rows = json.RootElement.GetProperty("rows").EnumerateArray().ToLookup(r => r.GetProperty("method").GetString()!);
        Assert.All(rows["random"], r => Assert.Equal(1, r.GetProperty("spearman").GetDouble(), 1e-9));
        Assert.Contains(rows["hirescam"], r => Math.Abs(r.GetProperty("spearman").GetDouble()) < 0.99);
        Assert.Equal(4, rows.Count);
        string page = File.ReadAllText(_cli.Path("out/randomize.html"));
        Assert.Equal(4, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.StartsWith("method,stage,metric,mean,low,high,images", File.ReadAllText(_cli.Path("out/randomize.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkOfShuffledLabelsIsOneStageMore()
    {
        CliResult result = Cli.Run("randomize", "--phantom", "2", "--methods", "network", "--stages", "1", "--shuffled-labels", _cli.Model, "--out", _cli.Path("out"), "--model", _cli.Model);
        Assert.True(result.ExitCode == 0, result.Error);

        // The same network is no other: its maps are the same.
        string line = File.ReadAllLines(_cli.Path("out/randomize.csv")).Single(l => l.StartsWith("network,shuffled labels,ssim,", StringComparison.Ordinal));
        Assert.Equal("1", line.Split(',')[3]);
    }

    [Fact]
    public void AMapOfFewCellsIsEnlargedSoThatItsStructureCanBeCompared()
    {
        Heatmap coarse = new(6, 6, [.. Enumerable.Range(0, 36).Select(i => (float)i)], 96, 96);
        Assert.True(double.IsNaN(MapComparison.Of(coarse, coarse).SsimUniform));
        Assert.Equal(1, MapComparison.Of(ComparableMap.Of(coarse), ComparableMap.Of(coarse)).SsimUniform, 1e-9);
        Heatmap fine = new(32, 32, new float[32 * 32], 96, 96);
        Assert.Same(fine, ComparableMap.Of(fine));

        // Maps of an image's own size are all kept at once.
        Heatmap large = ComparableMap.Of(new Heatmap(2048, 1024, new float[2048 * 1024], 2048, 1024));
        Assert.Equal((512, 256), (large.Width, large.Height));
    }

    [Fact]
    public void AFileThatCannotBeReadIsNamedAndCountsAsAFailure()
    {
        _cli.Write("bad.png", [1, 2, 3]);
        CliResult result = Cli.Run("randomize", "--data", _cli.TwoClasses(2, rows: "bad.png,normal,test"), "--methods", "network", "--stages", "1", "--out", _cli.Path("out"), "--model", _cli.Model);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("bad.png", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 more could not be read", File.ReadAllText(_cli.Path("out/randomize.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void AModelOfShuffledLabelsThatDoesNotFitIsRefusedBeforeTheStages()
    {
        string other = TinyOnnx.For(ConformanceCards.Classifier with { Id = "two", Findings = [new("normal"), new("covid19")] }).Save(_cli.Path("."), "two.onnx");
        string larger = TinyOnnx.For(ConformanceCards.Classifier with { Input = ConformanceCards.Classifier.Input with { Width = 64, Height = 64 } }).Save(_cli.Path("."), "larger.onnx");
        foreach (string file in new[] { _cli.Path("nowhere.onnx"), other, larger })
        {
            string error = Cli.Run("randomize", "--phantom", "2", "--methods", "network", "--shuffled-labels", file, "--out", _cli.Path("out"), "--model", _cli.Model).OneError();
            Assert.Contains(Path.GetFileName(file), error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatAStageHasFoundStaysWhereALaterOneIsStopped()
    {
        using CancellationTokenSource stop = new();
        using StringWriter output = new();
        using StopAt error = new("stage 2 of 2", stop);
        CompareMapsRequest request = new() { Model = new ModelChoice(_cli.Model, "onnx", 1, 16), Split = "test", Limit = 12, Phantoms = 2, Methods = "network", Target = "top", Folder = _cli.Path("out"), Masks = 20, Seed = 1 };
        Assert.ThrowsAny<OperationCanceledException>(() => new RandomizeJob(request, 2, null, output, error).Run(stop.Token));
        Assert.Contains(File.ReadAllLines(_cli.Path("out/randomize.csv")), l => l.StartsWith("network,", StringComparison.Ordinal));
    }

    [Fact]
    public void AllLeavesOutWhatTurnsOutNotToGoWithTheModel()
    {
        string model = (TinyOnnx.For(ConformanceCards.Classifier) with { PoolsTwice = true }).Save(_cli.Path("."), "twice.onnx");
        CliResult result = Cli.Run("randomize", "--phantom", "2", "--methods", "network, all", "--masks", "20", "--stages", "1", "--out", _cli.Path("out"), "--model", model);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("'cam' is left out", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDefaultLeavesOutWhatTheModelHasNot()
    {
        CxrModelCard card = ConformanceCards.Classifier with { Outputs = new CardOutputs { Logits = "logits" } };
        string model = (TinyOnnx.For(card) with { PoolsTwice = true }).Save(_cli.Path("."), "mapless.onnx");
        string[] command = ["randomize", "--phantom", "1", "--masks", "20", "--stages", "1", "--out", _cli.Path("out"), "--model", model];
        CliResult result = Cli.Run(command);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("'network' is left out: the model has no map of its own", result.Error, StringComparison.Ordinal);
        Assert.Contains("'hirescam' is left out", result.Error, StringComparison.Ordinal);
        Assert.Contains(File.ReadAllLines(_cli.Path("out/randomize.csv")), l => l.StartsWith("occlusion,", StringComparison.Ordinal));

        // Who names one means it.
        Assert.Contains("'network' cannot be had", Cli.Run([.. command, "--methods", "network,occlusion"]).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureThatIsNotDefinedIsADash() => Assert.Equal(("0.50", "–"), (RandomizeResult.Figure(0.5), RandomizeResult.Figure(double.NaN)));

    [Fact]
    public void AFileThatIsNoOnnxIsRefused()
    {
        string file = _cli.Write("model.safetensors", [1, 2, 3]);
        Assert.Contains("model.safetensors", Cli.Run("randomize", "--phantom", "2", "--out", _cli.Path("out"), "--model", file).OneError(), StringComparison.Ordinal);
    }

    private sealed class StopAt(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.Contains(text, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
