using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class LearningFromTeachers
{
    private static readonly TrainingOptions Options = TinySet.Options with { Network = TinyNetworks.Product, EncoderEpochs = 12, MapEpochs = 0, WholeShare = 0.6, AverageDecay = 0.9 };

    [Fact]
    public void AStudentOfATeacherAloneKnowsTheClassesThoughItsLabelsAreWrong()
    {
        string teacher = Train(TinySet.Create(320, 1), Options);

        double taught = LastAccuracy(Options with { Teachers = [teacher], TeacherWeight = 1, Seed = 2 });
        double untaught = LastAccuracy(Options with { Seed = 2 });

        Assert.InRange(taught, 0.8, 1);
        Assert.InRange(untaught, 0, 0.4);
    }

    [Fact]
    public void TheSettlingPhaseIsTaughtToo()
    {
        string teacher = Train(TinySet.Create(320, 1), Options);

        double taught = LastAccuracy(Options with { InitialWeights = teacher, EncoderEpochs = 0, SettleEpochs = 2, Teachers = [teacher], TeacherWeight = 1 });

        Assert.InRange(taught, 0.8, 1);
    }

    [Fact]
    public void OfADrawingTheLabelAloneCounts()
    {
        string teacher = Train(Relabelled(TinySet.Create(320, 1)), Options);
        TrainingSet radiographs = TinySet.Create(320, 3);
        TrainingSet drawings = radiographs.With(static (entry, _) => entry with { Source = "phantom" });
        TrainingOptions taught = Options with { Teachers = [teacher], TeacherWeight = 1, Seed = 2 };

        Assert.InRange(LastAccuracy(taught, drawings), 0.8, 1);
        Assert.InRange(LastAccuracy(taught, radiographs), 0, 0.4);
    }

    [Fact]
    public void ATeacherOfAnotherNetworkIsNamed()
    {
        string teacher = Train(TinySet.Create(32, 1), Options with { EncoderEpochs = 1 });
        TrainingSet set = TinySet.Create(32, 1);
        TrainingOptions other = Options with { Network = Options.Network with { EncoderWidths = [16, 32, 48] }, Teachers = [teacher] };

        CxrModelException error = Assert.Throws<CxrModelException>(() => new CxrTrainer(set, set, other, Folder()).Run());

        Assert.Contains(teacher, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWeightBeyondOneIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, Options with { TeacherWeight = 1.5 }, "unused"));
        Assert.Contains("1.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTeachersWouldUndoIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        TrainingOptions taught = Options with { Teachers = ["teacher.safetensors"] };
        Assert.Contains("Paper", Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, taught with { Preset = TrainingPreset.Paper }, "unused")).Message, StringComparison.Ordinal);
        Assert.Contains("0.5", Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, taught with { SingleSourceWeight = 0.5 }, "unused")).Message, StringComparison.Ordinal);
    }

    private static double LastAccuracy(TrainingOptions options) => LastAccuracy(options, Relabelled(TinySet.Create(320, 3)));

    private static double LastAccuracy(TrainingOptions options, TrainingSet set)
    {
        List<TrainingProgress> seen = [];
        new CxrTrainer(set, TinySet.Create(64, 2), options, Folder()).Run(new Recorder(seen));
        return seen[^1].Validation!["accuracy"];
    }

    // Every image is called what the next class is.
    private static TrainingSet Relabelled(TrainingSet set) =>
        new(set.Side, set.Classes, set.Images, set.Lungs, [.. set.Labels.Select(static label => (label + 1) % 4)], set.Entries);

    private static string Train(TrainingSet set, TrainingOptions options) => new CxrTrainer(set, TinySet.Create(64, 2), options, Folder()).Run();

    private static string Folder() => Directory.CreateTempSubdirectory().FullName;

    private sealed class Recorder(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
