using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.TestData;

namespace CxrNet.Cli.Tests;

public sealed class ExplainingAFile
{
    [Fact]
    public void EachMethodLeavesAPictureAndTwoArrays()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png");
        CliResult result = Cli.Run("explain", file, "--method", "network,occlusion,hirescam", "--target", "covid19", "--out", cli.Path("maps"), "--model", cli.Model, "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["network", "occlusion", "hirescam"], result.Json.Select(j => j.GetProperty("method").GetString()));
        foreach (JsonElement line in result.Json)
        {
            string method = line.GetProperty("method").GetString()!;
            Assert.Equal(method == "network" ? null : "covid19", line.GetProperty("finding").GetString());
            Assert.Equal([96, 96], Npy.Read(line.GetProperty("image_map").GetString()!).Shape);
            Npy raw = Npy.Read(line.GetProperty("raw_map").GetString()!);
            Assert.Equal([32, 32], raw.Shape);
            Assert.Equal(raw.Values.Max(), line.GetProperty("maximum").GetDouble(), 1e-6);
            Assert.Equal(raw.Values.Min(), line.GetProperty("minimum").GetDouble(), 1e-6);
            Assert.True(new FileInfo(line.GetProperty("overlay").GetString()!).Length > 100);
            Assert.Equal(method != "network", line.GetProperty("signed").GetBoolean());
        }
    }

    [Fact]
    public void AllLeavesOutWhatThisModelHasNotAndSaysSo()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("explain", cli.Phantom("chest.png"), "--method", "all", "--masks", "40", "--out", cli.Path("maps"), "--model", cli.Model, "--json");
        Assert.Equal(0, result.ExitCode);
        string[] methods = [.. result.Json.Select(j => j.GetProperty("method").GetString()!)];
        Assert.Superset(new HashSet<string>(["network", "rise", "lime", "kernel_shap", "ablation", "cam", "eigencam", "kpca_cam", "fem", "scorecam", "ablationcam", "reciprocam", "random"]), new HashSet<string>(methods));
        Assert.Equal(methods.Contains("lungs"), !result.Error.Contains("'lungs' is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void AllLeavesOutWhatTurnsOutNotToGoWithTheModel()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png"), model = (TinyOnnx.For(ConformanceCards.Classifier) with { PoolsTwice = true }).Save(cli.Path("."), "twice.onnx");
        CliResult result = Cli.Run("explain", file, "--method", "network, all", "--masks", "40", "--out", cli.Path("maps"), "--model", model, "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("'reciprocam' is left out", result.Error, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string>(["network", "occlusion", "rise", "random"]), new HashSet<string>(result.Json.Select(j => j.GetProperty("method").GetString()!)));
        Assert.Contains("1 x 1 cells", Cli.Run("explain", file, "--method", "network,cam", "--out", cli.Path("maps"), "--model", model).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMapOfCroppedLungsIsLaidOnTheWholeImage()
    {
        float[] lungs = [.. Enumerable.Range(0, 40 * 30).Select(i => i % 40 is >= 10 and < 20 && i / 40 is >= 5 and < 25 ? 1f : 0f)];
        CxrModelCard card = ConformanceCards.Classifier with { Input = ConformanceCards.Classifier.Input with { Lungs = LungHandling.Crop } };
        SeenImage seen = SeenImage.Of(new GrayImage(40, 30, new float[40 * 30]), new LungMask(40, 30, lungs), card);
        Assert.True(seen.Image.Width < 40);
        Heatmap ones = new(2, 2, [1, 1, 1, 1], seen.Image.Width, seen.Image.Height) { Method = "rise" };
        Heatmap whole = seen.OnWholeImage(ones).ToImageSize();
        Assert.Equal((40, 30), (whole.Width, whole.Height));
        Assert.Equal(seen.Image.Width * seen.Image.Height, whole.Values.ToArray().Count(v => v == 1));
        Assert.Equal((1, 0), (whole.Values[(15 * 40) + 15], whole.Values[0]));
    }

    [Fact]
    public void ASlowMethodTellsItsPassesOnTheLineOfProgress()
    {
        using StringWriter error = new();
        using ProgressLine line = new(error, "rise", 0, TimeSpan.Zero);
        new PassProgress(line).Report(new ExplanationProgress(0, 1, 16, 100));
        Assert.StartsWith("rise: 16/100", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMethodOrAFindingThatIsNotThereIsNamedWithThoseThatAre()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png");
        string method = Cli.Run("explain", file, "--method", "magic", "--out", cli.Path("maps"), "--model", cli.Model).OneError();
        Assert.Contains("'magic'", method, StringComparison.Ordinal);
        Assert.Contains("occlusion", method, StringComparison.Ordinal);
        string finding = Cli.Run("explain", file, "--target", "flu", "--out", cli.Path("maps"), "--model", cli.Model).OneError();
        Assert.Contains("'flu'", finding, StringComparison.Ordinal);
        Assert.Contains("covid19", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTensorThatAModelIsTakenApartAtCanBeNamed()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png");
        double[] usual = Map(), named = Map("--features", "features"), other = Map("--features", "stem");
        Assert.Equal(usual, named);
        Assert.NotEqual(usual, other);
        string error = Cli.Run("explain", file, "--method", "eigencam", "--features", "nowhere", "--out", cli.Path("maps"), "--model", cli.Model).OneError();
        Assert.Contains("'nowhere'", error, StringComparison.Ordinal);
        string useless = Cli.Run("explain", file, "--method", "network", "--features", "features", "--out", cli.Path("maps"), "--model", cli.Model).OneError();
        Assert.Contains("network is none", useless, StringComparison.Ordinal);

        double[] Map(params string[] more) => Npy.Read(Cli.Run(["explain", file, "--method", "eigencam", "--out", cli.Path("maps"), "--model", cli.Model, "--json", .. more]).Json.Single().GetProperty("raw_map").GetString()!).Values;
    }

    [Fact]
    public void AMapOfZerosIsNoEvidenceInWords()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png");
        string blind = (TinyOnnx.For(ConformanceCards.Classifier) with { Weight = 0 }).Save(cli.Path("."), "blind.onnx"), lungs = TinyOnnx.For(ConformanceCards.LungSegmenter).Save(cli.Path("."), "lungs.onnx");
        CliResult result = Cli.Run("explain", file, "--method", "occlusion", "--lungs", lungs, "--out", cli.Path("maps"), "--model", blind);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(", no evidence anywhere", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatClassifyWarnsOfIsSaidHereToo()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png"), draft = TinyOnnx.For(ConformanceCards.Classifier with { Guesses = ["labels"] }).Save(cli.Path("."), "draft.onnx");
        string[] command = ["explain", file, "--method", "network,random", "--out", cli.Path("maps"), "--model", draft];
        CliResult people = Cli.Run(command), machines = Cli.Run([.. command, "--json"]);
        Assert.Equal((0, 0), (people.ExitCode, machines.ExitCode));
        Assert.StartsWith("warning: The card of", people.Lines[1], StringComparison.Ordinal);
        JsonElement classified = Assert.Single(Cli.Run("classify", file, "--model", draft, "--json").Json);
        foreach (JsonElement line in machines.Json)
        {
            Assert.Contains("draft", Assert.Single(line.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
            Assert.Equal(classified.GetProperty("undecided").GetBoolean(), line.GetProperty("undecided").GetBoolean());
        }
    }

    [Fact]
    public void WhereThePredictionSetSaysThatTheModelDoesNotKnowSoDoesExplain()
    {
        using Cli cli = new();
        CxrModelCard unsure = ConformanceCards.Classifier with { Abstain = new CardAbstain(0.1, 1, "drawn chests") };
        string file = cli.Phantom("chest.png"), model = TinyOnnx.For(unsure).Save(cli.Path("."), "unsure.onnx");
        JsonElement line = Assert.Single(Cli.Run("explain", file, "--method", "network", "--out", cli.Path("maps"), "--model", model, "--json").Json);
        Assert.True(line.GetProperty("undecided").GetBoolean());
        Assert.NotEqual(0, line.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void AMapThatIsTheSameForAllSaysWhoseItsProbabilityIs()
    {
        using Cli cli = new();
        string file = cli.Phantom("chest.png");
        JsonElement classified = Assert.Single(Cli.Run("classify", file, "--model", cli.Model, "--json").Json);
        JsonElement line = Assert.Single(Cli.Run("explain", file, "--method", "network", "--target", "normal", "--out", cli.Path("maps"), "--model", cli.Model, "--json").Json);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("finding").ValueKind);
        Assert.Equal("normal", line.GetProperty("explained").GetString());
        JsonElement normal = classified.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "normal");
        Assert.Equal(normal.GetProperty("probability").GetDouble(), line.GetProperty("probability").GetDouble(), 1e-6);

        // The card's id, as in every other line.
        Assert.Equal(classified.GetProperty("model").GetString(), line.GetProperty("model").GetString());
    }

    [Fact]
    public void AFileThatIsNoImageIsNamed()
    {
        using Cli cli = new();
        Assert.Contains("no.png", Cli.Run("explain", cli.Write("no.png", [1, 2, 3]), "--out", cli.Path("maps"), "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }
}
