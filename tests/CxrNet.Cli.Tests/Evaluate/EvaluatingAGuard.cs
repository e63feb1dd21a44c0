using System.Text;
using System.Text.Json;
using CxrNet.Evaluation;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

public sealed class EvaluatingAGuard
{
    [Fact]
    public void RadiographsPassAndDrawingsOfOtherThingsDoNot()
    {
        using Cli cli = new();
        string manifest = cli.Manifest(8), card = Guarded(cli);

        CliResult result = Cli.Run("evaluate", "--guard", "--data", manifest, "--model", cli.Model, "--card", card, "--record", card, "--json");

        Assert.Equal((0, 1), (result.ExitCode, result.Json.Length));
        JsonElement line = result.Json[0], radiographs = line.GetProperty("radiographs"), others = line.GetProperty("no_radiographs");
        Assert.Equal(8, radiographs.GetProperty("n").GetInt32());
        Assert.True(others.GetProperty("refused").GetDouble() > 0.5 + radiographs.GetProperty("refused").GetDouble());
        CxrModelCard recorded = CxrModelCardJson.Parse(File.ReadAllText(card), card);
        Assert.Equal(others.GetProperty("refused").GetDouble(), recorded.Metrics["test.guard.refused"], 1e-4);
    }

    [Fact]
    public void WhereNothingCanBeReadThatIsSaid()
    {
        using Cli cli = new();
        string manifest = cli.Manifest(2), card = Guarded(cli);
        Array.ForEach(Directory.GetFiles(cli.Path("images")), static file => File.WriteAllText(file, "no image"));
        CliResult result = Cli.Run("evaluate", "--guard", "--data", manifest, "--model", cli.Model, "--card", card);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("None of the 2 images of 'test' could be read.", result.Error, StringComparison.Ordinal);
    }

    // Fitted on what the tiny model sees of drawn chests.
    private static string Guarded(Cli cli)
    {
        using OnnxClassifier classifier = OnnxClassifier.Load(cli.Model, new OnnxOptions { KeepFeatures = true });
        GuardSample[] Samples(int first) => [.. Enumerable.Range(first, 60).Select(seed => GuardSample.Of(classifier.Classify(ChestPhantom.Create(new PhantomOptions { Class = (PhantomClass)(seed % 4), Seed = seed, Width = 64, Height = 64 }).Image)))];
        CardGuard guard = GuardFit.Fit(Samples(1000), Samples(2000), new GuardFitOptions { FalseAlarms = 0.2, PooledLength = 0, ThumbnailComponents = 8, Provenance = "drawn chests" });
        return cli.Write("guarded.card.json", Encoding.UTF8.GetBytes((classifier.Card with { Guard = guard }).ToJson()));
    }
}
