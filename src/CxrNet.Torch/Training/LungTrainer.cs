using CxrNet.Torch.Networks;
using CxrNet.Torch.Training.Tasks;

namespace CxrNet.Torch.Training;

/// <summary>Trains a lung segmenter on the masks of a set. Runs, checkpoints and log are those of <see cref="CxrTrainer"/>.</summary>
/// <remarks>A run sets what belongs to the whole process and leaves it so: libtorch's number of threads (<see cref="TrainingOptions.Threads"/>), its random generator (<see cref="TrainingOptions.Seed"/>), and on Linux glibc's malloc, which keeps freed memory and has one arena. Do not run a second training, or models that should keep their own threads, beside it in one process.</remarks>
public sealed class LungTrainer
{
    private readonly TrainingSet _train;
    private readonly TrainingSet _validation;
    private readonly TrainingOptions _options;
    private readonly string _folder;

    /// <summary>Prepares a run; if the folder holds one that was cut off, it goes on from there.</summary>
    /// <param name="train">What is learnt; every image with a lung mask.</param>
    /// <param name="validation">What every choice is made on.</param>
    /// <param name="options">The hyper-parameters, with <see cref="CxrNetPresets.Lungs"/> or another network of its family, and <see cref="TrainingOptions.EncoderEpochs"/> epochs; they must equal those of the run that goes on.</param>
    /// <param name="folder">Where the run lives; made if it is not there.</param>
    /// <exception cref="ArgumentException">An image has no mask, the network is no segmenter, weights to start from are named, the sets do not fit the options, or the folder holds a run of other options or images.</exception>
    /// <exception cref="CxrModelException">The folder's checkpoint is damaged.</exception>
    public LungTrainer(TrainingSet train, TrainingSet validation, TrainingOptions options, string folder)
    {
        TrainingGuard.Require(train, validation, options, folder);
        if (options.Network.Family != CxrNetPresets.Lungs.Family)
        {
            throw new ArgumentException($"A network of the family '{options.Network.Family}' is no segmenter; one of the family '{CxrNetPresets.Lungs.Family}' is expected, as CxrNetPresets.Lungs.", nameof(options));
        }

        if ((options.InitialWeights ?? options.InitialMap ?? (options.Teachers.Count > 0 ? options.Teachers[0] : null)) is { } weights)
        {
            throw new ArgumentException($"'{weights}': a segmenter starts from scratch and has no teachers.", nameof(options));
        }

        if (train.Entries.Concat(validation.Entries).FirstOrDefault(static entry => entry.LungMask is null) is { } bare)
        {
            throw new ArgumentException($"'{bare.File}' has no lung mask.", nameof(train));
        }

        (_train, _validation, _options, _folder) = (train, validation, options, folder);
    }

    /// <summary>Trains until the last epoch is done.</summary>
    /// <param name="progress">Told every few steps and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops after the step, or the validation's batch, that runs; the last epoch's checkpoint stays.</param>
    /// <returns>The file with the best epoch's weights, chosen by Dice on the validation images.</returns>
    /// <exception cref="ArgumentException">No phase has an epoch.</exception>
    /// <exception cref="CxrModelException">libtorch is missing, another training is at work in the folder, a file of the run's state is missing or damaged, or the loss or the score is no finite number any more.</exception>
    public string Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingRun.Prepare(_options);
        using MapNetwork network = new(_options.Network, folded: false);
        return new TrainingRun(_train, _validation, _options, _folder).Run([new LungTask(network, _options.EncoderEpochs)], startsWithMap: false, progress, cancellationToken);
    }
}
