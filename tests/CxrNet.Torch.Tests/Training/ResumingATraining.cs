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

    [Fact]
    public void RefusesARunOfOtherOptions()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string folder = Directory.CreateTempSubdirectory().FullName;
        StopAfterAnEpoch(new CxrTrainer(set, set, TinySet.Options, folder));

        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, TinySet.Options with { Seed = 9 }, folder));
        Assert.Contains("Seed", error.Message, StringComparison.Ordinal);
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
}
