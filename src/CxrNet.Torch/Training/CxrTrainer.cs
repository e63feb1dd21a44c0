using CxrNet.Torch.Models;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Trains CXRNet on the CPU. A run lives in a folder: checkpoints that resume exactly, the best epoch's weights, a log as CSV.</summary>
public sealed class CxrTrainer
{
    private readonly TrainingSet _train;
    private readonly TrainingSet _validation;
    private readonly TrainingOptions _options;
    private readonly string _folder;

    /// <summary>Prepares a run; if the folder holds one that was cut off, it goes on from there.</summary>
    /// <param name="train">What is learnt.</param>
    /// <param name="validation">What every choice is made on.</param>
    /// <param name="options">The hyper-parameters; they must equal those of the run that goes on.</param>
    /// <param name="folder">Where the run lives; made if it is not there.</param>
    /// <exception cref="ArgumentException">The two sets differ in side or classes, the options ask for what cannot be, or the folder holds a run of other options.</exception>
    public CxrTrainer(TrainingSet train, TrainingSet validation, TrainingOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        if (train.Side != options.Side || validation.Side != options.Side)
        {
            throw new ArgumentException($"The images have {train.Side} and {validation.Side} pixels a side, the options {options.Side}.", nameof(options));
        }

        if (!train.Classes.SequenceEqual(validation.Classes))
        {
            throw new ArgumentException("Training and validation images have different classes.", nameof(validation));
        }

        if (options is { Preset: TrainingPreset.Faithful, Network.Feed: "map" })
        {
            throw new ArgumentException("The preset Faithful teaches E2 on masked images; the feed 'map' shows it no image. Use the preset Paper, or the feed 'product' or 'blend'.", nameof(options));
        }

        if (Checkpoint.Find(folder) is { } other && other.DifferenceTo(options) is { } difference)
        {
            throw new ArgumentException($"'{folder}' holds a run of other options ({difference}); name another folder, or the options of that run.", nameof(options));
        }

        (_train, _validation, _options, _folder) = (train, validation, options, folder);
    }

    /// <summary>Trains until the last epoch is done.</summary>
    /// <param name="progress">Told every few steps and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops after the step that runs; the last epoch's checkpoint stays.</param>
    /// <returns>The file with the best epoch's weights.</returns>
    public string Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ProcessMemory.KeepFreedMemory();
        TorchRuntime.Require("training");
        Directory.CreateDirectory(_folder);
        set_num_threads(_options.Threads);
        random.manual_seed(_options.Seed);
        using CxrNetwork network = new(_options.Network, _train.Classes.Count);
        Checkpoint state = Checkpoint.Find(_folder) ?? new Checkpoint { Options = _options, Classes = _train.Classes };
        Phase[] phases = Phase.Of(_options);
        while (state.Phase < phases.Length)
        {
            state = RunPhase(phases, network, state, progress, cancellationToken);
        }

        return Checkpoint.BestFile(_folder);
    }

    private Checkpoint RunPhase(Phase[] phases, CxrNetwork network, Checkpoint state, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        Phase phase = phases[state.Phase];
        using WeightAverage average = new(network, _options.AverageDecay);
        using AdamW optimizer = optim.AdamW(phase.Parameters(network), _options.PeakLearningRate, weight_decay: _options.WeightDecay);
        if (state.EpochsDone > 0)
        {
            state.Load(_folder, network, average, optimizer);
        }
        else if (state.Phase > 0)
        {
            Checkpoint.Copy(Checkpoint.BestFile(_folder), network.state_dict());
            Checkpoint.Copy(Checkpoint.BestFile(_folder), average.Values);
        }

        using EpochRunner runner = new(_train, _options, phase, network, average, optimizer);
        TimeSpan later = TimeSpan.Zero;
        while (state.EpochsDone < phase.Epochs)
        {
            EpochSummary summary = runner.Run(state.EpochsDone, progress, later, cancellationToken);
            average.Swap();
            ValidationFigures figures = Validation.Measure(network, _validation, phase, _options);
            if (figures.MacroF1 > state.Best)
            {
                SafetensorsFile.Write(Checkpoint.BestFile(_folder), network.state_dict(), Checkpoint.NoMetadata);
            }

            average.Swap();
            state = state with { EpochsDone = state.EpochsDone + 1, Best = Math.Max(state.Best, figures.MacroF1) };
            state.Save(_folder, network, average, optimizer);
            TrainingLog.Append(_folder, phase.Name, state.EpochsDone, summary, figures);
            progress?.Report(summary.Report(phase, state.EpochsDone, figures));
        }

        return new Checkpoint { Options = _options, Classes = _train.Classes, Phase = state.Phase + 1 };
    }
}
