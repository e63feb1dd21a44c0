using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class LearningATask
{
    [Theory, InlineData(false), InlineData(true)]
    public void TheFaithfulPresetClassifiesAndPointsAtTheLesion(bool halfPrecision)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with { EncoderEpochs = 12, MapEpochs = 8, SettleEpochs = 1, AverageDecay = 0.9, HalfPrecision = halfPrecision };
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(320, 1), TinySet.Create(64, 2), options, folder).Run(new Recorder(seen));

        ValidationFigures last = seen[^1].Validation!;
        Assert.InRange(last["accuracy"], 0.95, 1);
        Assert.InRange(last["reference_accuracy"], 0.2, 0.3);
        Assert.InRange(last["map_area"], 0.01, 0.6);
        Assert.InRange(last["complement_accuracy"], 0, last["accuracy"] - 0.1);
        Assert.Equal(["encoder", "map", "settle"], seen.Select(static p => p.Phase).Distinct());
    }

    [Fact]
    public void AMapThatIsTaughtItsInsertionCurveHasMoreBelowItThanOneThatIsNot()
    {
        TrainingOptions options = TinySet.Options with { EncoderEpochs = 12, MapEpochs = 6, AverageDecay = 0.9 };

        double untaught = LastInsertion(options), taught = LastInsertion(options with { InsertionWeight = 1 });

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"insertion {untaught:F3} untaught, {taught:F3} taught"));
        Assert.True(taught > untaught, $"taught {taught}, untaught {untaught}");
    }

    [Fact]
    public void AMapThatIsTaughtTheLesionsOfDrawnChestsMarksMoreOfThemThanOneThatIsNot()
    {
        TrainingOptions options = TinySet.Options with { EncoderEpochs = 2, MapEpochs = 5, AverageDecay = 0.9 };

        double untaught = LesionShare(options), taught = LesionShare(options with { LesionWeight = 4 });

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"share of the map on lesions {untaught:F3} untaught, {taught:F3} taught"));
        Assert.True(taught > 1.2 * untaught, $"taught {taught}, untaught {untaught}");
    }

    [Fact]
    public void AShareOfTheInsertionCurveThatIsNoneIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, TinySet.Options with { InsertionShare = 1.5 }, "unused"));
        Assert.Contains("1.5 of each batch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APhaseThatStallsEndsWhereItsPatienceDoes()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "image" }, EncoderEpochs = 30, PeakLearningRate = 1e-12, AverageDecay = 0, Patience = 2 };
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(32, 1), TinySet.Create(32, 2), options, folder).Run(new Recorder(seen));

        Assert.InRange(seen.Count(static p => p.Validation is not null), 3, 6);
    }

    [Fact]
    public void ThePaperPresetTrainsEverythingAtOnce()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(160, 1), TinySet.Create(64, 2), TinySet.Options with { Preset = TrainingPreset.Paper, EncoderEpochs = 6, AverageDecay = 0.9 }, folder).Run(new Recorder(seen));

        Assert.All(seen, progress => Assert.Equal("joint", progress.Phase));
        Assert.InRange(seen[^1].Validation!["accuracy"], 0.5, 1);
    }

    [Fact]
    public void TheFaithfulPresetRefusesAFeedThatShowsNoImage()
    {
        TrainingSet set = TinySet.Create(32, 1);
        TrainingOptions options = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "map" } };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, options, "unused"));
        Assert.Contains("'map'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SmallImagesFirstLungsAloneAndLessWeightOnSingleSourcesLearnTheTaskToo()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with { EncoderEpochs = 10, MapEpochs = 1, StartSide = 16, StartEpochs = 3, LungShare = 0.2, SingleSourceWeight = 0.5, AverageDecay = 0.9 };
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(320, 1), TinySet.Create(64, 2), options, folder).Run(new Recorder(seen));

        Assert.InRange(seen.Last(static p => p.Phase == "encoder").Validation!["accuracy"], 0.8, 1);
    }

    [Fact]
    public void MixedStylesAndBlendedPairsLearnTheTaskToo()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with
        {
            EncoderEpochs = 10,
            MapEpochs = 0,
            WholeShare = 0.6,
            AverageDecay = 0.9,
            Augmentation = new AugmentationOptions { StyleShare = 0.3, MixupShare = 0.3 },
        };
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(320, 1), TinySet.Create(64, 2), options, folder).Run(new Recorder(seen));

        Assert.InRange(seen[^1].Validation!["accuracy"], 0.8, 1);
    }

    [Theory, InlineData(TrainingPreset.Paper, "joint"), InlineData(TrainingPreset.Faithful, "encoder")]
    public void AnEncoderAloneIsTheBaselineWithoutAMap(TrainingPreset preset, string phase)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "image" }, Preset = preset, EncoderEpochs = 10, WholeShare = 0.6, AverageDecay = 0.9 };
        List<TrainingProgress> seen = [];

        new CxrTrainer(TinySet.Create(320, 1), TinySet.Create(64, 2), options, folder).Run(new Recorder(seen));

        Assert.All(seen, progress => Assert.Equal(phase, progress.Phase));
        Assert.InRange(seen[^1].Validation!["accuracy"], 0.8, 1);
    }

    [Fact]
    public void AHealthyClassThatIsNotThereIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        TrainingOptions options = TinySet.Options with { SingleSourceWeight = 0.5, HealthyClass = "well" };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, options, Directory.CreateTempSubdirectory().FullName).Run());
        Assert.Contains("'well'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALungSegmenterLearnsItsMasks()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        TrainingOptions options = TinySet.Options with { Network = new CardNetwork { Family = "unet", MapStride = 2, MapWidths = [16, 32] }, EncoderEpochs = 20, PeakLearningRate = 3e-3, AverageDecay = 0.9 };
        List<TrainingProgress> seen = [];

        new LungTrainer(TinySet.Create(320, 1), TinySet.Create(32, 2), options, folder).Run(new Recorder(seen));

        Assert.InRange(seen[^1].Validation!["dice"], 0.9, 1);
        Assert.InRange(seen[^1].Validation!["iou"], 0.8, seen[^1].Validation!["dice"]);
    }

    [Fact]
    public void ASegmenterThatCouldNotBeExportedIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string Refusal(TrainingOptions options) => Assert.Throws<ArgumentException>(() => new LungTrainer(set, set, options, "unused")).Message;
        Assert.Contains("CxrNetPresets.Lungs", Refusal(TinySet.Options), StringComparison.Ordinal);

        string weights = Path.GetTempFileName();
        Assert.Contains(weights, Refusal(TinySet.Options with { Network = CxrNetPresets.Lungs, InitialWeights = weights }), StringComparison.Ordinal);
        Assert.Contains(weights, Refusal(TinySet.Options with { Network = CxrNetPresets.Lungs, Teachers = [weights] }), StringComparison.Ordinal);
    }

    [Fact]
    public void ASideThatTheNetworkCannotHalveIsRefused()
    {
        TrainingSet set = TinySet.Create(32, 1);
        TrainingOptions options = TinySet.Options with { Network = TinyNetworks.Product with { MapWidths = [16, 16, 16, 16, 16, 16] } };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, options, "unused"));
        Assert.Contains("a multiple of 64", error.Message, StringComparison.Ordinal);
    }

    private static double LastInsertion(TrainingOptions options)
    {
        List<TrainingProgress> seen = [];
        new CxrTrainer(TinySet.Create(320, 1), TinySet.Create(64, 2), options, Directory.CreateTempSubdirectory().FullName).Run(new Recorder(seen));
        return seen[^1].Validation!["insertion"];
    }

    // Of what the map marks on drawn chests that it has not learnt.
    private static double LesionShare(TrainingOptions options)
    {
        using var scope = NewDisposeScope();
        TrainingSet set = TinySet.Create(32, 1), drawn = set.WithPhantoms(352);
        string best = new CxrTrainer(set.WithPhantoms(288), TinySet.Create(64, 2), options, Directory.CreateTempSubdirectory().FullName).Run();
        using var noGrad = no_grad();
        using CxrNetwork network = new(options.Network, 4);
        Checkpoint.Copy(best, network.state_dict());
        network.eval();
        Batch unseen = Batch.Take(drawn, [.. Enumerable.Range(32 + 288, 64).Where(drawn.Lesions.ContainsKey)]);
        Tensor map = network.Map.forward(Standardization.PerImage(unseen.Images));
        return ((map * unseen.Lesions!).sum() / map.sum()).item<float>();
    }

    private sealed class Recorder(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
