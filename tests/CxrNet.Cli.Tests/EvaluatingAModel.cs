using System.Text.Json;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

public sealed class EvaluatingAModel
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    [Fact]
    public void TheFiguresFollowFromWhatClassifySays()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 9);
        Dictionary<string, string> called = Cli.Run("classify", cli.Path("images"), "--model", cli.Model, "--json").Json
            .ToDictionary(j => Path.GetFileName(j.GetProperty("file").GetString()!), j => j.GetProperty("top").GetString()!);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--split", "test", "--json", "--model", cli.Model, "--batch", "4");
        Assert.Equal(0, result.ExitCode);
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(["n", "accuracy", "macro_f1", "per_class", "confusion"], json.EnumerateObject().Select(p => p.Name).Take(5));
        Assert.Equal(9, json.GetProperty("n").GetInt32());
        Assert.Equal(called.Count(c => c.Key.StartsWith(c.Value, StringComparison.Ordinal)) / 9.0, json.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(Names, json.GetProperty("per_class").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("per_class").EnumerateArray(), c => Assert.Equal(["name", "precision", "recall", "f1", "support"], c.EnumerateObject().Select(p => p.Name).Take(5)));
        int[][] confusion = [.. json.GetProperty("confusion").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetInt32()).ToArray())];
        for (int truth = 0; truth < 4; truth++)
        {
            for (int predicted = 0; predicted < 4; predicted++)
            {
                Assert.Equal(called.Count(c => c.Key.StartsWith(Names[truth], StringComparison.Ordinal) && c.Value == Names[predicted]), confusion[truth][predicted]);
            }
        }
    }

    [Fact]
    public void ForPeopleThereIsATable()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("evaluate", "--data", Manifest(cli, 4), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("accuracy", result.Output, StringComparison.Ordinal);
        Assert.All(Names, n => Assert.Contains(n, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void ThePageHasPlotsAndTheWorstErrorsAndIsIgnoredByGit()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 8);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--html", cli.Path("report"), "--json");
        Assert.Equal(0, result.ExitCode);
        string page = File.ReadAllText(cli.Path("report/index.html"));
        Assert.Equal(3, page.Split("<svg ").Length - 1);
        int wrong = 8 - (int)Math.Round(8 * Assert.Single(result.Json).GetProperty("accuracy").GetDouble());
        Assert.Equal(wrong, page.Split("data:image/png;base64,").Length - 1);
        Assert.Contains("*", File.ReadAllLines(cli.Path("report/.gitignore")));
        Assert.Equal(2, Directory.GetFiles(cli.Path("report")).Length);
    }

    [Fact]
    public void ScoresThatAreWrittenRefitACard()
    {
        using Cli cli = new();
        string scores = cli.Path("scores.csv");
        Assert.Equal(0, Cli.Run("evaluate", "--data", Manifest(cli, 48), "--model", cli.Model, "--scores", scores, "--json").ExitCode);

        CliResult result = Cli.Run("calibrate", scores, "--model", cli.Model, "--out", cli.Path("card.json"), "--site", "north");

        Assert.Equal(0, result.ExitCode);
        CxrModelCard card = CxrModelCardJson.Parse(File.ReadAllText(cli.Path("card.json")), "card.json");
        Assert.Equal(48, card.Metrics["site.n"]);
        Assert.NotNull(card.Abstain);
        Assert.All(card.Findings, static f => Assert.Contains("north", f.ThresholdProvenance, StringComparison.Ordinal));
        Assert.Contains("no probabilities", Cli.Run("calibrate", scores, "--model", cli.Model, "--out", cli.Path("x.json"), "--probabilities").OneError(), StringComparison.Ordinal);
        Assert.False(File.Exists(cli.Path("x.json")));
    }

    [Fact]
    public void FiguresAreRecordedInACardBesideThoseOfOtherSplits()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 8), card = cli.Path("card.json");
        CxrModelCard before = OnnxCard.Read(cli.Model) with { Metrics = new Dictionary<string, double> { ["val.accuracy"] = 0.25, ["test.accuracy"] = 0.125 } };
        File.WriteAllText(card, before.ToJson());

        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--record", card, "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement line = Assert.Single(result.Json);
        CxrModelCard after = CxrModelCardJson.Parse(File.ReadAllText(card), card);
        Assert.Equal(line.GetProperty("accuracy").GetDouble(), after.Metrics["test.accuracy"], 1e-4);
        Assert.Equal(line.GetProperty("per_class")[3].GetProperty("recall").GetDouble(), after.Metrics["test.covid19.recall"], 1e-4);
        Assert.Equal(8, after.Metrics["test.n"]);
        Assert.Equal(0.25, after.Metrics["val.accuracy"]);
        Assert.Equal(before.Id, after.Id);
    }

    [Fact]
    public void ViewsChangeTheLogitsALittle()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 4);
        Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--scores", cli.Path("one.csv"), "--json");
        Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--scores", cli.Path("four.csv"), "--tta", "4", "--json");
        Assert.NotEqual(File.ReadAllText(cli.Path("one.csv")), File.ReadAllText(cli.Path("four.csv")));
    }

    [Fact]
    public void AModelWithoutAGuardIsToldHowToGetOne()
    {
        using Cli cli = new();
        Assert.Contains("export --calibrate", Cli.Run("evaluate", "--guard", "--data", Manifest(cli, 2), "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void ShortcutsAreMeasuredWithTheShippedSegmenter()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string manifest = Manifest(cli, 12);
        File.WriteAllText(manifest, string.Join('\n', File.ReadAllLines(manifest).Select((line, i) => i == 0 ? line + ",source" : $"{(i % 3 == 0 ? line : line.Replace(",test", ",train", StringComparison.Ordinal))},{(i % 2 == 0 ? "a" : "b")}")));

        CliResult result = Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--json");

        Assert.Equal("", string.Join('\n', result.Error.Split('\n').Where(static l => l.StartsWith("cxrnet:", StringComparison.Ordinal))));
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(4, json.GetProperty("n").GetInt32());
        Assert.Equal(["whole image", "lungs blanked out", "lungs alone"], json.GetProperty("views").EnumerateArray().Select(v => v.GetProperty("name").GetString()));
        Assert.Equal(4, json.GetProperty("baselines").GetArrayLength());
        Assert.Equal(4, json.GetProperty("by_source").EnumerateArray().Sum(s => s.GetProperty("n").GetInt32()));
        Assert.Contains("lungs blanked out", Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnreadableImageIsNamedAndLeftOut()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 4);
        File.WriteAllText(Directory.GetFiles(cli.Path("images"))[0], "no image");
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--json");
        Assert.Contains("error:", result.OneError(), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(result.Json).GetProperty("n").GetInt32());
    }

    [Fact]
    public void ASplitThatIsNotThereIsNamed()
    {
        using Cli cli = new();
        Assert.Contains("nowhere", Cli.Run("evaluate", "--data", Manifest(cli, 2), "--split", "nowhere", "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }

    private static string Manifest(Cli cli, int count)
    {
        List<string> lines = ["file,label,split"];
        for (int i = 0; i < count; i++)
        {
            string name = Names[i % 4];
            string file = $"images/{name}-{i}.png";
            Cli.Run("phantom", "--class", name, "--seed", $"{i}", "--size", "64", "--out", cli.Path(file));
            lines.Add($"{file},{name},test");
        }

        return cli.Write("manifest.csv", [.. string.Join('\n', lines).Select(c => (byte)c)]);
    }
}
