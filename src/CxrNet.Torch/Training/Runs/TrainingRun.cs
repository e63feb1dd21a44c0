using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>What every training shares: phases and epochs, averages, checkpoints, the choice of the best epoch, the log.</summary>
internal sealed class TrainingRun(TrainingSet train, TrainingSet validation, TrainingOptions options, string folder)
{
    /// <summary>Refuses to go on in a folder that holds a run of other options or images.</summary>
    public static void RequireSame(string folder, TrainingSet train, TrainingSet validation, TrainingOptions options)
    {
        if (Checkpoint.Find(folder)?.DifferenceTo(train, validation, options) is { } difference)
        {
            throw Another(folder, difference);
        }
    }

    /// <summary>The same of what is known before an image is there.</summary>
    public static void RequireSame(string folder, IReadOnlyList<string> classes, TrainingOptions options)
    {
        if (Checkpoint.Find(folder)?.DifferenceTo(classes, options) is { } difference)
        {
            throw Another(folder, difference);
        }
    }

    /// <summary>Makes libtorch ready; before the first tensor of a run.</summary>
    public static void Prepare(TrainingOptions options)
    {
        ProcessMemory.KeepFreedMemory();
        TorchRuntime.Require("training");
        set_num_threads(options.Threads);
        random.manual_seed(options.Seed);
    }

    /// <summary>Runs what is left of the phases.</summary>
    /// <param name="tasks">All phases, in their order.</param>
    /// <param name="startsWithMap">Whether the network's map was taught before the first of them.</param>
    /// <param name="progress">Told every few steps and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops after the step, or the validation's batch, that runs.</param>
    /// <returns>The file with the best epoch's weights.</returns>
    /// <exception cref="CxrModelException">Another training is at work in the folder, a file of its state is missing or damaged, or the loss or the score is no finite number.</exception>
    public string Run(IReadOnlyList<TrainingTask> tasks, bool startsWithMap, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (tasks.All(static task => task.Epochs == 0))
        {
            throw new ArgumentException($"No phase has an epoch ({string.Join(", ", tasks.Select(static task => task.Name))}): there is nothing to train.", nameof(tasks));
        }

        Directory.CreateDirectory(folder);
        using IDisposable only = RunLock.Take(folder);

        // Another training may have begun, and ended, while this one decoded its images.
        RequireSame(folder, train.Classes, options);
        Checkpoint state = Checkpoint.Find(folder) ?? Checkpoint.First(train, validation, options);
        state.Publish(folder);
        while (state.Phase < tasks.Count)
        {
            TrainingTask[] earlier = [.. tasks.Take(state.Phase).Where(static task => task.Epochs > 0)];
            TrainingTask task = tasks[state.Phase];
            WeightNotes notes = new(train.Classes, task.HasMap ? startsWithMap || task.TeachesMap || earlier.Any(static one => one.TeachesMap) : null);
            state = RunPhase(task, notes, earlier.Length > 0, state, progress, cancellationToken);
        }

        return Checkpoint.BestFile(folder);
    }

    private static ArgumentException Another(string folder, string difference) =>
        new($"'{folder}' holds another run ({difference}); name another folder, or the options and images of that run.");

    private Checkpoint RunPhase(TrainingTask task, WeightNotes notes, bool follows, Checkpoint state, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        task.SetMode();
        TrainingLog.KeepUntil(folder, task.Name, state.EpochsDone);
        using WeightAverage average = new(task.Network, options.AverageDecay);
        using AdamW optimizer = optim.AdamW(task.Parameters, options.PeakLearningRate, weight_decay: options.WeightDecay);
        if (state.EpochsDone > 0)
        {
            state.Load(folder, task.Network, average, optimizer);
        }
        else if (follows)
        {
            Checkpoint.Copy(Checkpoint.BestFile(folder), task.Network.state_dict());
            Checkpoint.Copy(Checkpoint.BestFile(folder), average.Values);
        }

        EpochRunner runner = new(train, options, task, average, optimizer);
        while (state.EpochsDone < task.Epochs && !HasStalled(state))
        {
            EpochSummary summary = runner.Run(state.EpochsDone, progress, cancellationToken);
            int epoch = state.EpochsDone + 1;
            ValidationFigures figures = MeasureAverage(task, notes, average, state, cancellationToken);
            state = state with { EpochsDone = epoch, Best = Math.Max(state.Best, figures.Score), BestEpoch = figures.Score > state.Best ? epoch : state.BestEpoch };

            // The row before the state: a row that no state names is dropped again, one that was never written could not be made up for.
            TrainingLog.Append(folder, task.Name, state.EpochsDone, summary, figures);
            state.Save(folder, task.Network, average, optimizer);
            state.Publish(folder);
            progress?.Report(summary.Report(task, state.EpochsDone, figures));
        }

        return state.Next(train, validation);
    }

    private bool HasStalled(Checkpoint state) => options.Patience > 0 && state.EpochsDone - state.BestEpoch >= options.Patience;

    private ValidationFigures MeasureAverage(TrainingTask task, WeightNotes notes, WeightAverage average, Checkpoint before, CancellationToken cancellationToken)
    {
        int epoch = before.EpochsDone + 1;
        average.Swap();
        try
        {
            ValidationFigures figures = task.Measure(validation, options.BatchSize, cancellationToken);
            if (!double.IsFinite(figures.Score))
            {
                throw new CxrModelException("training", FormattableString.Invariant($"The score of phase '{task.Name}' on the validation images became {figures.Score} in epoch {epoch}; lower the learning rate."));
            }

            if (figures.Score > before.Best)
            {
                SafetensorsFile.Write(Checkpoint.PendingFile(folder, before.Phase, epoch), task.Network.state_dict(), notes.ToMetadata());
            }

            return figures;
        }
        finally
        {
            average.Swap();
        }
    }
}
