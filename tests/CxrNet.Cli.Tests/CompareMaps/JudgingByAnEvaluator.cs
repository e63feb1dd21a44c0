using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class JudgingByAnEvaluator : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void WhatItFindsInAMapStandsInTablesFilesAndPage()
    {
        CliResult result = Compare("out", "--evaluator", Evaluator("evaluator.onnx", 7));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("evalx", result.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_cli.Path("out/maps.json")));
        Assert.Equal("evaluator.onnx", json.RootElement.GetProperty("evaluator").GetString());
        JsonElement[] figures = [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("figures"))];
        Assert.All(figures, f => Assert.True(f.GetProperty("evalx_complement").GetDouble() is 0 or 1));

        // With nothing left all images are one: it says the same of all four classes, and is right once.
        Assert.Equal(0.25, figures.Average(f => f.GetProperty("evalx_nothing").GetDouble()), 1e-9);
        string csv = File.ReadAllText(_cli.Path("out/maps.csv"));
        Assert.All((string[])["network,evalx_kept,", "random,evalx_complement,", "network,evalx_own_kept,"], line => Assert.Contains(line, csv, StringComparison.Ordinal));
        Assert.DoesNotContain("random,evalx_own_kept", csv, StringComparison.Ordinal);
        string page = File.ReadAllText(_cli.Path("out/maps.html"));
        Assert.Contains("EVAL-X by evaluator.onnx", page, StringComparison.Ordinal);
        Assert.Contains("evalx complement ↓", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherEvaluatorIsAnotherComparison()
    {
        string evaluator = Evaluator("evaluator.onnx", 7);
        Assert.Equal(0, Compare("out", "--evaluator", evaluator).ExitCode);
        Assert.Contains("--restart", Compare("out").OneError(), StringComparison.Ordinal);
        Evaluator("evaluator.onnx", 8);
        Assert.Contains("--restart", Compare("out", "--evaluator", evaluator).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEvaluatorThatDoesNotFitIsRefusedFirst()
    {
        CxrModelCard card = ConformanceCards.Classifier;
        string two = TinyOnnx.For(card with { Id = "two", Findings = [new("normal"), new("covid19")] }).Save(_cli.Path("."), "two.onnx");
        Assert.Contains("'bacterial_pneumonia'; the evaluator 'two' knows normal, covid19", Compare("out", "--evaluator", two).OneError(), StringComparison.Ordinal);
        string cropped = TinyOnnx.For(card with { Id = "cropped", Input = card.Input with { Lungs = LungHandling.Apply } }).Save(_cli.Path("."), "cropped.onnx");
        Assert.Contains("LungHandling.Apply", Compare("out", "--evaluator", cropped).OneError(), StringComparison.Ordinal);
        Assert.Contains("nowhere.onnx", Compare("out", "--evaluator", _cli.Path("nowhere.onnx")).OneError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.Path("out")));
    }

    private string Evaluator(string name, int seed) => (TinyOnnx.For(ConformanceCards.Classifier) with { Seed = seed }).Save(_cli.Path("."), name);

    private CliResult Compare(string folder, params string[] more) =>
        Cli.Run(["compare-maps", "--phantom", "4", "--methods", "network,random", "--steps", "4", "--out", _cli.Path(folder), "--model", _cli.Model, .. more]);
}
