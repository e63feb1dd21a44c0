using System.Text.Json.Nodes;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class ResumingATraining
{
    [Fact]
    public void GivesTheSameWeightsAsNeverHavingStopped()
    {
        TrainingSet train = TinySet.Create(64, 1);
        TrainingSet validation = TinySet.Create(16, 2);
        string whole = Directory.CreateTempSubdirectory().FullName;
        string cut = Directory.CreateTempSubdirectory().FullName;

        new CxrTrainer(train, validation, TinySet.Options, whole).Run();
        for (int epoch = 0; epoch < 4; epoch++)
        {
            StopAfterAnEpoch(new CxrTrainer(train, validation, TinySet.Options, cut));
        }

        new CxrTrainer(train, validation, TinySet.Options, cut).Run();
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "best.safetensors")), File.ReadAllBytes(Path.Combine(cut, "best.safetensors")));
        Assert.Equal(Figures(whole), Figures(cut));
    }

    // The state cannot be written in the first epoch after so many: weights of that epoch are there that no state names.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    public void GivesTheSameWeightsWhereTheCutCameBeforeTheState(int encoderEpochs, int epochsBefore)
    {
        TrainingSet train = TinySet.Create(64, 1);
        TrainingSet validation = TinySet.Create(16, 2);
        string? start = encoderEpochs > 0 ? null : new CxrTrainer(train, validation, TinySet.Options with { EncoderEpochs = 1, MapEpochs = 0 }, Directory.CreateTempSubdirectory().FullName).Run();
        TrainingOptions options = TinySet.Options with { EncoderEpochs = encoderEpochs, InitialWeights = start };
        string whole = Directory.CreateTempSubdirectory().FullName;
        string cut = Directory.CreateTempSubdirectory().FullName;

        new CxrTrainer(train, validation, options, whole).Run();
        string obstacle = Path.Combine(cut, "checkpoint.json.tmp");
        AfterEpochs blocking = new(epochsBefore, () => Directory.CreateDirectory(obstacle));
        Assert.Throws<UnauthorizedAccessException>(() => new CxrTrainer(train, validation, options, cut).Run(blocking));
        Assert.Equal(epochsBefore + 1, Figures(cut).Count(static row => !row.StartsWith("epoch", StringComparison.Ordinal)));
        Directory.Delete(obstacle);
        new CxrTrainer(train, validation, options, cut).Run();
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "best.safetensors")), File.ReadAllBytes(Path.Combine(cut, "best.safetensors")));
        Assert.Equal(Figures(whole), Figures(cut));
        Assert.Equal(Directory.GetFiles(whole).Select(Path.GetFileName).Order(), Directory.GetFiles(cut).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void GivesTheSameWeightsWhereTheCutCameInAValidation()
    {
        TrainingSet train = TinySet.Create(160, 1);
        TrainingSet validation = TinySet.Create(32, 2);
        TrainingOptions options = TinySet.Options with { MapEpochs = 0 };
        string whole = Directory.CreateTempSubdirectory().FullName, cut = Directory.CreateTempSubdirectory().FullName;
        List<TrainingProgress> seen = [];
        using CancellationTokenSource stop = new();
        At lastStep = new(
            progress =>
            {
                seen.Add(progress);
                return progress is { Epoch: 2, Step: 10, Validation: null };
            },
            stop.Cancel);

        new CxrTrainer(train, validation, options, whole).Run();
        Assert.Throws<OperationCanceledException>(() => new CxrTrainer(train, validation, options, cut).Run(lastStep, stop.Token));

        Assert.Equal([1], seen.Where(static progress => progress.Validation is not null).Select(static progress => progress.Epoch));
        new CxrTrainer(train, validation, options, cut).Run();
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "best.safetensors")), File.ReadAllBytes(Path.Combine(cut, "best.safetensors")));
        Assert.Equal(Figures(whole), Figures(cut));
    }

    [Theory]
    [InlineData(".weights", false)]
    [InlineData(".average", false)]
    [InlineData(".optimizer", false)]
    [InlineData(".weights", true)]
    [InlineData(".optimizer", true)]
    public void AFileOfItsStateThatIsMissingOrDamagedIsNamed(string kind, bool isThere)
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));
        string file = Assert.Single(Directory.GetFiles(folder, "step-*" + kind));
        byte[] stored = File.ReadAllBytes(file);
        File.Delete(file);
        if (isThere)
        {
            File.WriteAllBytes(file, stored[..(stored.Length / 2)]);
        }

        CxrModelException error = Assert.Throws<CxrModelException>(() => new CxrTrainer(set, set, TinySet.Options, folder).Run());

        Assert.StartsWith($"'{file}'", error.Message, StringComparison.Ordinal);
        Assert.True(isThere || error.Message.Contains("there is no such file", StringComparison.Ordinal), error.Message);
        File.WriteAllBytes(file, stored);
        Assert.True(File.Exists(new CxrTrainer(set, set, TinySet.Options, folder).Run()));
    }

    [Fact]
    public void RefusesARunOfOtherOptions()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));

        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, TinySet.Options with { Seed = 9 }, folder));
        Assert.Contains("Seed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesOtherImages()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));

        string Refusal(TrainingSet train, TrainingSet validation) =>
            Assert.Throws<ArgumentException>(() => new CxrTrainer(train, validation, TinySet.Options, folder)).Message;
        TrainingSet whole = new(set.Side, set.Classes, set.Images, [.. Enumerable.Repeat((byte)255, set.Lungs.Length)], set.Labels, set.Entries);
        TrainingSet turned = new(set.Side, [.. set.Classes.Reverse()], set.Images, set.Lungs, set.Labels, set.Entries);
        Assert.Contains("images to learn: 32 images there, 16 here", Refusal(TinySet.Create(16, 1), set), StringComparison.Ordinal);
        Assert.Contains("images to choose on: other file names", Refusal(set, set.With(static (entry, i) => i == 3 ? entry with { Label = "normal" } : entry)), StringComparison.Ordinal);
        Assert.Contains("images to learn: other file names", Refusal(set.With(static (entry, _) => entry with { Source = "elsewhere" }), set), StringComparison.Ordinal);
        Assert.Contains("lung masks", Refusal(whole, set), StringComparison.Ordinal);
        TrainingSet marked = new(set.Side, set.Classes, set.Images, set.Lungs, set.Labels, set.Entries) { Lesions = new Dictionary<int, byte[]> { [0] = set.Lungs[..(set.Side * set.Side)] } };
        Assert.Equal("other lesion masks, which cover 0.000 % of the images there, 0.195 % here", SetPrint.Of(set).DifferenceTo(SetPrint.Of(marked), readsLesions: true));
        Assert.Null(SetPrint.Of(set).DifferenceTo(SetPrint.Of(marked), readsLesions: false));
        Assert.Contains("the classes are normal, bacterial_pneumonia", Refusal(turned, turned), StringComparison.Ordinal);
    }

    [Fact]
    public void GoesOnFromAnotherFolderOfTheSameImages()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));

        _ = new CxrTrainer(set.With(static (entry, _) => entry with { File = "/elsewhere/" + entry.File }), set, TinySet.Options, folder);
    }

    [Fact]
    public void GoesOnFromACheckpointThatSaysNothingOfItsImages()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));
        string file = Path.Combine(folder, "checkpoint.json");
        JsonObject state = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.True(state.Remove("Train") && state.Remove("Validation"));
        File.WriteAllText(file, state.ToJsonString());

        Assert.True(File.Exists(new CxrTrainer(set, set, TinySet.Options, folder).Run()));
    }

    [Fact]
    public void AnotherPathToTheSameWeightsIsTheSameRun()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string first = Directory.CreateTempSubdirectory().FullName, moved = Path.Combine(first, "moved.safetensors"), folder = Directory.CreateTempSubdirectory().FullName;
        string best = new CxrTrainer(set, set, TinySet.Options, first).Run();
        TrainingOptions options = TinySet.Options with { InitialWeights = best, Teachers = [best] };
        StopAfterAnEpoch(new CxrTrainer(set, set, options, folder));
        File.Copy(best, moved);

        _ = new CxrTrainer(set, set, options with { InitialWeights = Path.Combine(first, ".", "best.safetensors"), Teachers = [moved] }, folder);

        File.AppendAllText(moved, " ");
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, options with { Teachers = [moved] }, folder));
        Assert.Contains($"Teachers is '{best}' there", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{moved}' here (SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, options with { Teachers = [] }, folder));
    }

    [Fact]
    public void ACheckpointThatKnowsPathsAloneComparesThemInFull()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string first = Directory.CreateTempSubdirectory().FullName, folder = Directory.CreateTempSubdirectory().FullName;
        string best = new CxrTrainer(set, set, TinySet.Options, first).Run();
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options with { InitialWeights = best }, folder));
        string file = Path.Combine(folder, "checkpoint.json");
        JsonObject state = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.True(state.Remove("WeightFiles"));
        File.WriteAllText(file, state.ToJsonString());

        string other = Path.GetRelativePath(Environment.CurrentDirectory, best);
        Assert.NotEqual(best, other);
        Assert.True(File.Exists(new CxrTrainer(set, set, TinySet.Options with { InitialWeights = other }, folder).Run()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{ \"Options\": null, \"Classes\": [] }")]
    [InlineData("{ \"Opt")]
    [InlineData("")]
    public void ADamagedCheckpointIsNamed(string json)
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName, file = Path.Combine(folder, "checkpoint.json");
        File.WriteAllText(file, json);

        CxrModelException error = Assert.Throws<CxrModelException>(() => new CxrTrainer(set, set, TinySet.Options, folder));
        Assert.Contains($"'{file}' is damaged (", error.Message, StringComparison.Ordinal);
        Assert.Contains("is expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondTrainingIsKeptOutOfAFolderAsLongAsTheFirstRuns()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        List<string> refusals = [];
        AfterEpochs second = new(1, () => refusals.AddRange(
            Assert.Throws<CxrModelException>(() => new CxrTrainer(set, set, TinySet.Options, folder).Run()).Message,
            Assert.Throws<CxrModelException>(() => TinySet.Options.Check(set.Classes, 32, folder)).Message));

        new CxrTrainer(set, set, TinySet.Options, folder).Run(second);

        Assert.Equal(2, refusals.Count(refusal => refusal.StartsWith($"'{folder}': another training is at work there", StringComparison.Ordinal)));
        TinySet.Options.Check(set.Classes, 32, folder);
    }

    [Fact]
    public void ARowThatWasCutIsDroppedAndTheOthersStay()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, file = Path.Combine(folder, "log-map.csv");
        File.WriteAllText(file, "epoch,loss\n1,0.5\n2,0.4\n3,0.3\n1");

        TrainingLog.KeepUntil(folder, "map", 2);
        Assert.Equal("epoch,loss\n1,0.5\n2,0.4\n", File.ReadAllText(file));
        TrainingLog.KeepUntil(folder, "map", 0);
        Assert.False(File.Exists(file));
    }

    private static void StopAfterAnEpoch(CxrTrainer trainer)
    {
        using CancellationTokenSource stop = new();
        try
        {
            trainer.Run(new StopAtValidation(stop), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // what was asked for
        }
    }

    // The log without its times.
    private static string[] Figures(string folder) =>
        [.. Directory.GetFiles(folder, "log-*.csv").Order().SelectMany(File.ReadAllLines).Select(line => string.Join(',', line.Split(',').Where((_, column) => column is not (2 or 3 or 4))))];

    private sealed class StopAtValidation(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is not null)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class AfterEpochs : IProgress<TrainingProgress>
    {
        private readonly Action _act;
        private int _left;

        public AfterEpochs(int epochs, Action act)
        {
            (_left, _act) = (epochs, act);
            if (epochs == 0)
            {
                act();
            }
        }

        public void Report(TrainingProgress value)
        {
            if (value.Validation is not null && --_left == 0)
            {
                _act();
            }
        }
    }
}
