using System.Globalization;
using System.Reflection;
using CxrNet.Onnx;
using CxrNet.TestData;

namespace CxrNet.Docs.Tests;

/// <summary>Each sample does what the first lines of its Program.cs say, without arguments and with them.</summary>
public sealed class RunningTheSamples
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    [Theory, InlineData(false), InlineData(true)]
    public async Task QuickStartPrintsTheFindingsAndWritesTheOverlay(bool named)
    {
        using Sample sample = new();
        (int code, string output) = await Sample.Run("QuickStart", named ? [sample.Phantom("chest.png")] : []);
        Assert.Equal(0, code);
        Assert.All(Names, name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.True(File.Exists("overlay.png"));
    }

    [Fact]
    public async Task CompareBackendsFindsThemEqual()
    {
        using Sample sample = new();
        (int code, string output) = await Sample.Run("CompareBackends");
        Assert.Equal(0, code);
        Assert.Contains("greatest difference", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomBackendGivesTheNumbersOfOnnxRuntime()
    {
        OpenCvNative.Require();
        using Sample sample = new();

        // It ends with parity.Require(), which throws where they differ by more than 1e-4.
        (int code, string output) = await Sample.Run("CustomBackend");
        Assert.Equal(0, code);
        Assert.Contains("greatest difference from ONNX Runtime", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchFolderWritesARowAFileAndSaysWhichIsNone()
    {
        using Sample sample = new();
        sample.Phantom("in/a.png");
        sample.Phantom("in/deep/b.png", PhantomClass.Normal);
        await File.WriteAllTextAsync("in/c.png", "no image", TestContext.Current.CancellationToken);

        (int code, string output) = await Sample.Run("BatchFolder", "in", "results.csv");
        Assert.Equal(1, code);
        Assert.Contains("2 scored now, 1 unreadable, 0 were there already", output, StringComparison.Ordinal);
        string[] rows = await File.ReadAllLinesAsync("results.csv", TestContext.Current.CancellationToken);
        Assert.Equal($"file,{string.Join(',', Names)},undecided,warnings,error", rows[0]);
        Assert.Equal(["a.png", "c.png", Path.Combine("deep", "b.png")], rows[1..].Select(static row => row.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(1, rows[1].Split(',')[1..5].Sum(static p => double.Parse(p, CultureInfo.InvariantCulture)), 1e-4);

        // What failed before has not been scored since.
        (code, output) = await Sample.Run("BatchFolder", "in", "results.csv");
        Assert.Equal(1, code);
        Assert.Contains("0 scored now, 0 unreadable, 3 were there already, 1 of them unreadable", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchFolderGoesOnWhereItWasKilled()
    {
        using Sample sample = new();
        sample.Phantom("in/a.png");
        sample.Phantom("in/b.png");
        await Sample.Run("BatchFolder", "in", "results.csv");
        byte[] whole = await File.ReadAllBytesAsync("results.csv", TestContext.Current.CancellationToken);

        // Killed in the middle of the last row.
        await File.WriteAllBytesAsync("results.csv", whole[..^20], TestContext.Current.CancellationToken);
        (int code, string output) = await Sample.Run("BatchFolder", "in", "results.csv");
        Assert.Equal(0, code);
        Assert.Contains("1 scored now, 0 unreadable, 1 were there already", output, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync("results.csv", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BatchFolderRefusesAFileOfAnotherModel()
    {
        using Sample sample = new();
        sample.Phantom("in/a.png");
        await File.WriteAllTextAsync("results.csv", "file,cat,dog\n", TestContext.Current.CancellationToken);
        TargetInvocationException error = await Assert.ThrowsAsync<TargetInvocationException>(() => Sample.Run("BatchFolder", "in", "results.csv"));
        Assert.Contains("cat", Assert.IsType<InvalidDataException>(error.InnerException).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Sample.Run("BatchFolder", "in")).Code);
    }

    [Fact]
    public async Task BatchFolderReadsRealFiles()
    {
        string originals = TestFolders.RequireData("originals");
        using Sample sample = new();
        Directory.CreateDirectory("in");
        string[] some = [.. Directory.GetFiles(originals, "covid19*.png").Order(StringComparer.Ordinal).Take(2)];
        Array.ForEach(some, static file => File.Copy(file, Path.Combine("in", Path.GetFileName(file))));
        (int code, string output) = await Sample.Run("BatchFolder", "in", "results.csv");
        Assert.Equal(0, code);
        Assert.Contains($"{some.Length} scored now", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainYourOwnMakesAModelThatLoads()
    {
        using Sample sample = new();
        (int code, string output) = await Sample.Run("TrainYourOwn");
        Assert.Equal(0, code);
        string last = output.TrimEnd().Split('\n')[^1];
        string file = last[..last.IndexOf(": '", StringComparison.Ordinal)];
        using OnnxClassifier classifier = OnnxClassifier.Load(file);
        Assert.Equal(["clear", "opacity"], classifier.Card.Findings.Select(static f => f.Name));
        Assert.Equal(160, Assert.Single(classifier.Card.TrainingData).Images);
        Assert.Matches("(3[4-9]|40) of 40 validation images right", last);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
