using System.Text.Json;

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
        Assert.Equal(["n", "accuracy", "macro_f1", "per_class", "confusion"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(9, json.GetProperty("n").GetInt32());
        Assert.Equal(called.Count(c => c.Key.StartsWith(c.Value, StringComparison.Ordinal)) / 9.0, json.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(Names, json.GetProperty("per_class").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("per_class").EnumerateArray(), c => Assert.Equal(["name", "precision", "recall", "f1", "support"], c.EnumerateObject().Select(p => p.Name)));
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
