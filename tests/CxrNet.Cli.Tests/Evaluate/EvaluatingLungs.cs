using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.Imaging;
using CxrNet.Models;

namespace CxrNet.Cli.Tests;

public sealed class EvaluatingLungs
{
    [Fact]
    public void ItsOwnMasksAreFoundAgain()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string manifest = Masked(cli, 4);
        CliResult result = Cli.Run("evaluate", "--task", "lungs", "--data", manifest, "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement json = Assert.Single(result.Json), all = json.GetProperty("all");
        Assert.Equal((4, 1.0, 1.0), (all.GetProperty("n").GetInt32(), all.GetProperty("dice").GetDouble(), all.GetProperty("iou").GetDouble()));
        Assert.Equal("images", json.GetProperty("intervals").GetString());
        Assert.Contains("by bootstrap over the images", Cli.Run("evaluate", "--task", "lungs", "--data", manifest).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsAreByPatientWhereAPatientHasSeveralImages()
    {
        using Cli cli = new();
        string model = Segmenter(cli), manifest = Masked(cli, 4, model, ",patient_id", static i => $",{i / 2}");
        Assert.Equal("patients", Assert.Single(Cli.Run("evaluate", "--task", "lungs", "--data", manifest, "--model", model, "--json").Json).GetProperty("intervals").GetString());
    }

    [Fact]
    public void AMaskOrAnImageThatCannotBeReadIsNamedAndLeftOut()
    {
        using Cli cli = new();
        string model = Segmenter(cli), manifest = Masked(cli, 6, model);
        string[] images = [.. Directory.GetFiles(cli.Path("images")).Order(StringComparer.Ordinal)], masks = [.. Directory.GetFiles(cli.Path("masks")).Order(StringComparer.Ordinal)];
        File.WriteAllText(images[0], "no image");
        File.Delete(masks[1]);
        PngFile.WriteGrey(masks[2], new byte[8 * 8], 8, 8);

        CliResult result = Cli.Run("evaluate", "--task", "lungs", "--data", manifest, "--model", model, "--json", "--quiet");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, Assert.Single(result.Json).GetProperty("all").GetProperty("n").GetInt32());
        Assert.Equal(3, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All((string[])[images[0], masks[1], masks[2]], file => Assert.Contains(file, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNothingCanBeReadThatIsSaid()
    {
        using Cli cli = new();
        string model = Segmenter(cli), manifest = Masked(cli, 2, model);
        Array.ForEach(Directory.GetFiles(cli.Path("images")), static file => File.WriteAllText(file, "no image"));
        CliResult result = Cli.Run("evaluate", "--task", "lungs", "--data", manifest, "--model", model);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("None of the 2 images of 'test' could be read.", result.Error, StringComparison.Ordinal);
    }

    private static string Segmenter(Cli cli) => TinyOnnx.For(ConformanceCards.LungSegmenter).Save(Directory.CreateDirectory(cli.Path("model")).FullName, "lungs.onnx");

    // What the model itself finds stands for the human masks.
    private static string Masked(Cli cli, int count, string? model = null, string columns = "", Func<int, string>? values = null)
    {
        string manifest = cli.Manifest(count, 96, columns + ",mask", i => $"{values?.Invoke(i)},masks/{Name(i)}.mask.png");
        Cli.Run(["segment", cli.Path("images"), "--out", cli.Path("masks"), .. model is null ? (string[])[] : ["--model", model]]);
        return manifest;
    }

    private static string Name(int index) => $"{((PhantomClass)(index % 4)).FindingName()}-{index}";
}
