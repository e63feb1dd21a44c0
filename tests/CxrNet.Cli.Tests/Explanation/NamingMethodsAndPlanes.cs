using System.Text.Json;

namespace CxrNet.Cli.Tests;

public sealed class NamingMethodsAndPlanes : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void HyphensUnderscoresAndCapitalsDoNotMatter()
    {
        CliResult result = Cli.Run("explain", _cli.Phantom("chest.png"), "--method", "Eigen-CAM,eigen_cam,Network,KPCA-Cam", "--out", _cli.Path("maps"), "--model", _cli.Model, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["eigencam", "network", "kpca_cam"], result.Json.Select(j => j.GetProperty("method").GetString()));
    }

    [Fact]
    public void NoTwoMethodsAreOneName() =>
        Assert.Equal(ExplanationMethods.All.Count, ExplanationMethods.All.Select(m => new string([.. m.Name.Where(char.IsLetter)])).Distinct().Count());

    [Fact]
    public void LayersAreSeparatedByCommasOrBlanks() =>
        Assert.Equal(["a.1", "b", "c"], ExplainCommand.Names(["a.1, b", "c"]));

    [Fact]
    public void TheHelpSaysHowSeveralLayersAreNamed()
    {
        foreach (string command in (string[])["explain", "compare-maps", "randomize"])
        {
            string help = Cli.Run(command, "--help").Output;
            Assert.Contains("--layers", help, StringComparison.Ordinal);
            Assert.Contains("encoder.levels.2,encoder.levels.3", help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AComparisonLooksAtTheTensorThatIsNamed()
    {
        double[] usual = Insertions("a"), other = Insertions("b", "--features", "stem");
        Assert.NotEqual(usual, other);
        Assert.Contains("features stem", Compare("b").OneError(), StringComparison.Ordinal);
        Assert.Contains("random is none", Cli.Run("compare-maps", "--phantom", "2", "--methods", "random", "--features", "stem", "--out", _cli.Path("c"), "--model", _cli.Model).OneError(), StringComparison.Ordinal);
        Assert.Contains("--layers is for", Cli.Run("compare-maps", "--phantom", "2", "--methods", "random", "--layers", "a,b", "--out", _cli.Path("c"), "--model", _cli.Model).OneError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.Path("c")));

        double[] Insertions(string folder, params string[] more)
        {
            CliResult result = Compare(folder, more);
            Assert.True(result.ExitCode == 0, result.Error);
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_cli.Path(folder + "/maps.json")));
            return [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("figures").GetProperty("insertion").GetDouble())];
        }
    }

    [Fact]
    public void ARandomizationLooksAtTheTensorThatIsNamed()
    {
        Assert.NotEqual(Table("a"), Table("b", "--features", "stem"));
        Assert.Contains("random is none", Randomize("c", "random", "--features", "stem").OneError(), StringComparison.Ordinal);

        string Table(string folder, params string[] more)
        {
            CliResult result = Randomize(folder, "eigencam", more);
            Assert.True(result.ExitCode == 0, result.Error);
            return File.ReadAllText(_cli.Path(folder + "/randomize.csv"));
        }
    }

    private CliResult Compare(string folder, params string[] more) =>
        Cli.Run(["compare-maps", "--phantom", "2", "--methods", "eigencam", "--steps", "4", "--out", _cli.Path(folder), "--model", _cli.Model, .. more]);

    private CliResult Randomize(string folder, string methods, params string[] more) =>
        Cli.Run(["randomize", "--phantom", "2", "--methods", methods, "--stages", "1", "--out", _cli.Path(folder), "--model", _cli.Model, .. more]);
}
