using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class ComparingMaps
{
    [Fact]
    public void PhantomsGiveATableAFileForMachinesAndAPage()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("compare-maps", "--phantom", "8", "--methods", "network,occlusion,random,lungs", "--steps", "6", "--out", cli.Path("out"), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("insertion", result.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(cli.Path("out/maps.json")));
        JsonElement root = json.RootElement;
        Assert.Equal(8, root.GetProperty("images").GetInt32());
        Dictionary<(string, string), JsonElement> cells = root.GetProperty("table").EnumerateArray().ToDictionary(c => (c.GetProperty("method").GetString()!, c.GetProperty("metric").GetString()!));
        double Mean(string method, string metric) => cells[(method, metric)].GetProperty("mean").GetDouble();

        // The controls do what controls must: lungs lie in the lungs (up to a border of the 32 x 32 grid), chance is at its base rate.
        Assert.InRange(Mean("lungs", "lung_energy"), 0.9, 1);
        Assert.Equal(Mean("random", "lung_base_rate"), Mean("random", "lung_energy"), 0.03);
        Assert.Equal(Mean("random", "lesion_base_rate"), Mean("random", "lesion_auprc"), 0.1);

        // Where all images agree nothing is known of others, and neither end is told.
        Assert.All(cells.Values, c => Assert.Equal(c.GetProperty("low").ValueKind, c.GetProperty("high").ValueKind));
        Assert.All(cells.Values.Where(static c => c.GetProperty("low").ValueKind == JsonValueKind.Number), c => Assert.InRange(c.GetProperty("mean").GetDouble(), c.GetProperty("low").GetDouble() - 1e-9, c.GetProperty("high").GetDouble() + 1e-9));
        Assert.Equal(JsonValueKind.Number, cells[("network", "insertion")].GetProperty("low").ValueKind);
        Assert.Equal(4 * 8, root.GetProperty("rows").GetArrayLength());

        string[] csv = File.ReadAllLines(cli.Path("out/maps.csv"));
        Assert.Equal("method,metric,mean,low,high,better,images", csv[0]);
        Assert.Equal(cells.Count, csv.Length - 1);
        string page = File.ReadAllText(cli.Path("out/maps.html"));
        Assert.Equal(4 * 5, page.Split("data:image/png;base64,").Length - 1);
        Assert.Equal(4, page.Split("<svg").Length - 1);
    }

    [Fact]
    public void FilesOfAManifestAreTakenFromEveryLabel()
    {
        using Cli cli = new();
        string[] names = ["normal", "covid19"];
        List<string> lines = ["file,label,split,patient_group"];
        for (int i = 0; i < 10; i++)
        {
            string name = names[i < 7 ? 0 : 1];
            Cli.Run("phantom", "--class", name, "--seed", $"{i}", "--size", "48", "--out", cli.Path($"{i}.png"));
            lines.Add($"{i}.png,{name},test,{i / 2}");
        }

        string manifest = cli.Write("manifest.csv", [.. string.Join('\n', lines).Select(c => (byte)c)]);
        CliResult result = Cli.Run("compare-maps", "--data", manifest, "--limit", "4", "--methods", "network,random", "--steps", "4", "--pictures", "0", "--out", cli.Path("out"), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(cli.Path("out/maps.json")));
        Assert.Equal(["0.png", "1.png", "7.png", "8.png"], json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("image").GetString()!).Distinct().Order());
        Assert.DoesNotContain("data:image/png", File.ReadAllText(cli.Path("out/maps.html")), StringComparison.Ordinal);
    }

    [Theory, InlineData("1"), InlineData("3")]
    public void AFileThatCannotBeReadIsNamedWhicheverThreadMeetsIt(string parallel)
    {
        using Cli cli = new();
        cli.Write("bad.png", [1, 2, 3]);
        string manifest = cli.TwoClasses(3, rows: "bad.png,viral_pneumonia,test");
        CliResult result = Cli.Run("compare-maps", "--data", manifest, "--methods", "network,random", "--steps", "4", "--parallel", parallel, "--out", cli.Path("out"), "--model", cli.Model);
        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), l => l.StartsWith("error: ", StringComparison.Ordinal) && l.Contains("bad.png", StringComparison.Ordinal));
        Assert.Contains("judged on all 3 images that could be read (1 of 4 could not)", File.ReadAllText(cli.Path("out/maps.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("time allowed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMaskThatIsNotUsedIsSaidOnce()
    {
        using Cli cli = new();
        cli.Phantom("other.png", size: 40);
        cli.Write("no.png", [1, 2, 3]);
        string[] masks = ["nowhere.png", "other.png", "no.png", "3.png"];
        string manifest = cli.TwoClasses(4, ",lung_mask", i => "," + masks[i]);
        CliResult result = Cli.Run("compare-maps", "--data", manifest, "--methods", "network,random", "--steps", "4", "--parallel", "2", "--out", cli.Path("out"), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        string[] said = [.. result.Error.Split('\n').Where(l => l.StartsWith("warning: the lung mask", StringComparison.Ordinal))];
        Assert.Equal(3, said.Length);
        Assert.All(masks[..3], name => Assert.Single(said, l => l.Contains(name, StringComparison.Ordinal)));
        Assert.Contains(said, l => l.Contains("40 x 40, its image 48 x 48", StringComparison.Ordinal));
        Assert.Contains("nowhere.png", File.ReadAllText(cli.Path("out/maps.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void ALesionMaskOfTheManifestGivesTheFiguresOfALesion()
    {
        using Cli cli = new();
        Cli.Run("phantom", "--class", "covid19", "--seed", "1", "--size", "48", "--out", cli.Path("again.png"), "--mask", cli.Path("lesion.png"));
        cli.Phantom("other.png", size: 40);
        string[] masks = ["", "lesion.png", "other.png", "nowhere.png"];
        string manifest = cli.TwoClasses(4, ",lesion_mask", i => "," + masks[i]);
        CliResult result = Cli.Run("compare-maps", "--data", manifest, "--methods", "network,random", "--steps", "4", "--out", cli.Path("out"), "--model", cli.Model);
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(cli.Path("out/maps.json")));
        string[] known = [.. json.RootElement.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("figures").TryGetProperty("lesion_energy", out _)).Select(r => r.GetProperty("image").GetString()!).Distinct()];
        Assert.Equal(["1.png"], known);
        Assert.Single(result.Error.Split('\n'), l => l.StartsWith("warning: the lesion mask", StringComparison.Ordinal) && l.Contains("other.png' is not used, its image has no figures of a lesion: it is 40 x 40, its image 48 x 48", StringComparison.Ordinal));
        Assert.Single(result.Error.Split('\n'), l => l.StartsWith("warning: the lesion mask", StringComparison.Ordinal) && l.Contains("nowhere.png", StringComparison.Ordinal));
    }

    [Theory, InlineData("compare-maps"), InlineData("randomize")]
    public void AFolderInPlaceOfAManifestIsNamed(string command)
    {
        using Cli cli = new();
        string error = Cli.Run(command, "--data", cli.Path("."), "--methods", "network", "--out", cli.Path("out"), "--model", cli.Model).OneError();
        Assert.Contains("is a folder; a CSV manifest with the columns file, label, split was expected", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsListedTwiceIsComparedOnce()
    {
        using Cli cli = new();
        string manifest = cli.TwoClasses(2, rows: ["0.png,normal,test", "./1.png,covid19,test"]);
        CliResult result = Cli.Run("compare-maps", "--data", manifest, "--methods", "network,random", "--steps", "4", "--out", cli.Path("out"), "--model", cli.Model);
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(cli.Path("out/maps.json")));
        Assert.Equal(2 * 2, json.RootElement.GetProperty("rows").GetArrayLength());
        Assert.Equal(2, result.Error.Split('\n').Count(l => l.Contains("in more than one row", StringComparison.Ordinal)));
    }

    [Fact]
    public void AllLeavesOutWhatTurnsOutNotToGoWithTheModel()
    {
        using Cli cli = new();
        string model = (TinyOnnx.For(ConformanceCards.Classifier) with { PoolsTwice = true }).Save(cli.Path("."), "twice.onnx");
        CliResult result = Cli.Run("compare-maps", "--phantom", "2", "--methods", "network, all", "--masks", "20", "--steps", "4", "--out", cli.Path("out"), "--model", model);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("'cam' is left out", result.Error, StringComparison.Ordinal);

        // Who is named is meant, beside "all" too.
        CliResult named = Cli.Run("compare-maps", "--phantom", "2", "--methods", "all,cam", "--masks", "20", "--steps", "4", "--out", cli.Path("named"), "--model", model);
        Assert.Equal(1, named.ExitCode);
        Assert.Contains("1 x 1 cells", named.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("compare-maps"), InlineData("randomize")]
    public void FewerThanOneDrawnChestIsRefused(string command)
    {
        using Cli cli = new();
        Assert.Contains("1 or more was expected", Cli.Run(command, "--phantom", "-3", "--out", cli.Path("out"), "--model", cli.Model).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.Path("out")));
    }

    [Fact]
    public void EitherFilesOrPhantoms()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("compare-maps", "--data", "x.csv", "--phantom", "2", "--out", cli.Path("out"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Either --data", result.Error, StringComparison.Ordinal);
    }
}
