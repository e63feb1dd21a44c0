using System.Text.Json;
using CxrNet.Imaging;
using CxrNet.TestData;

namespace CxrNet.Cli.Tests;

public sealed class ClassifyingFiles
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    [Fact]
    public void JsonIsOneObjectALineInTheAgreedShape()
    {
        using Cli cli = new();
        string file = cli.Phantom("a.png");
        CliResult result = Cli.Run("classify", file, "--model", cli.Model, "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(["file", "model", "backend", "findings", "top", "map", "timings_ms", "warnings", "prediction_set", "distance", "undecided"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(file, json.GetProperty("file").GetString());
        Assert.Equal("onnx", json.GetProperty("backend").GetString());
        Assert.Equal(Names, json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(1, json.GetProperty("findings").EnumerateArray().Sum(f => f.GetProperty("probability").GetDouble()), 1e-5);
        JsonElement best = json.GetProperty("findings").EnumerateArray().MaxBy(f => f.GetProperty("probability").GetDouble());
        Assert.Equal(best.GetProperty("name").GetString(), json.GetProperty("top").GetString());
        Assert.Equal(best.GetProperty("probability").GetDouble() >= best.GetProperty("threshold").GetDouble(), best.GetProperty("positive").GetBoolean());
        Assert.Equal(32, json.GetProperty("map").GetProperty("width").GetInt32());
        Assert.Equal(32, json.GetProperty("map").GetProperty("height").GetInt32());
        JsonElement timings = json.GetProperty("timings_ms");
        Assert.Equal(["decode", "preprocess", "inference", "postprocess", "total", "queue"], timings.EnumerateObject().Select(p => p.Name));
        Assert.True(timings.GetProperty("decode").GetDouble() > 0);
        Assert.Equal(timings.EnumerateObject().Take(4).Sum(p => p.Value.GetDouble()), timings.GetProperty("total").GetDouble(), 0.01);
        Assert.Equal(JsonValueKind.Array, json.GetProperty("warnings").ValueKind);
    }

    [Fact]
    public void ForPeopleThereIsATableAndOneWarningOfWhatItIsNot()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("classify", cli.Phantom("a.png"), cli.Phantom("b.png", "normal"), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.All(Names, n => Assert.Contains(n, result.Output, StringComparison.Ordinal));
        Assert.Equal(2, result.Output.Split("a.png").Length + result.Output.Split("b.png").Length - 2);
        Assert.Equal(2, result.Output.Split("not a medical device").Length);
    }

    [Fact]
    public void TheOverlayHasTheImagesOwnSizeAndShowsTheMap()
    {
        using Cli cli = new();
        string file = cli.Phantom("a.png", size: 130);
        CliResult result = Cli.Run("classify", file, "--model", cli.Model, "--overlay", cli.Path("out/deep"));
        Assert.Equal(0, result.ExitCode);
        DecodedImage overlay = RadiographDecoder.Default.DecodeFile(cli.Path("out/deep/a.overlay.png"));
        Assert.Equal((130, 130, PhotometricMeaning.Rgb), (overlay.Width, overlay.Height, overlay.Photometric));
        Assert.True(overlay.Samples.ToArray().Chunk(3).Any(p => p[0] != p[1] || p[1] != p[2]), "An overlay without colour shows no map.");
    }

    [Fact]
    public void TheMapIsANumPyArrayOfTheImagesSize()
    {
        using Cli cli = new();
        GrayImage wide = new(150, 70, [.. Enumerable.Range(0, 150 * 70).Select(i => i % 97 / 97f)]);
        PngFile.Write(cli.Path("wide.png"), wide);
        Assert.Equal(0, Cli.Run("classify", cli.Path("wide.png"), "--model", cli.Model, "--map", cli.Path("maps")).ExitCode);
        Npy map = Npy.Read(cli.Path("maps/wide.map.npy"));
        Assert.Equal("<f4", map.DType);
        Assert.Equal([70, 150], map.Shape);
        Assert.All(map.Values, v => Assert.InRange(v, 0, 1));
        Assert.True(map.Values.Distinct().Count() > 10);
    }

    [Fact]
    public void AFolderGivesItsImagesInOrderAndPassesOverTheRest()
    {
        using Cli cli = new();
        string[] files = [cli.Phantom("in/a.png"), cli.Phantom("in/b/c.png"), cli.Phantom("in/d.png")];
        cli.Write("in/manifest.csv", "file,label\n"u8.ToArray());
        CliResult result = Cli.Run("classify", cli.Path("in"), "--model", cli.Model, "--json", "--batch", "2");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(files, result.Json.Select(j => j.GetProperty("file").GetString()));
    }

    [Fact]
    public void TheScoresDoNotDependOnTheBatch()
    {
        using Cli cli = new();
        string[] files = [.. Names.Select(n => cli.Phantom(n + ".png", n))];
        string[] alone = Scores("1");
        Assert.Equal(alone, Scores("3"));

        string[] Scores(string batch) =>
            [.. Cli.Run(["classify", .. files, "--model", cli.Model, "--json", "--batch", batch, "--threads", "1"]).Json.Select(j => string.Join(" ", j.GetProperty("findings").EnumerateArray().Select(f => Math.Round(f.GetProperty("probability").GetDouble(), 5))))];
    }

    [Fact]
    public void ImagesOfTheSameNameDoNotOverwriteEachOthersPictures()
    {
        using Cli cli = new();
        Cli.Run("classify", cli.Phantom("x/a.png"), cli.Phantom("y/a.png"), cli.Phantom("z/a.png"), "--model", cli.Model, "--overlay", cli.Path("out"));
        Assert.Equal(3, Directory.GetFiles(cli.Path("out"), "*.overlay.png").Length);
    }

    [Fact]
    public void TheDemoNeedsNoFile()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("classify", "--demo", "--model", cli.Model, "--json", "--overlay", cli.Path("out"));
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.Json);
        Assert.Single(Directory.GetFiles(cli.Path("out"), "*.overlay.png"));
    }

    [Fact]
    public void RealFilesOfEveryKindAreScored()
    {
        string originals = TestFolders.RequireData("originals");
        using Cli cli = new();
        CliResult result = Cli.Run("classify", originals, "--model", cli.Model, "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Directory.GetFiles(originals).Count(f => !f.EndsWith(".csv", StringComparison.Ordinal)), result.Json.Length);
        Assert.All(result.Json, j => Assert.Equal(1, j.GetProperty("findings").EnumerateArray().Sum(f => f.GetProperty("probability").GetDouble()), 1e-5));
    }
}
