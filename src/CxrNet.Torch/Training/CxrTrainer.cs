using CxrNet.Torch.Networks;
using CxrNet.Torch.Training.Tasks;

namespace CxrNet.Torch.Training;

/// <summary>Trains CXRNet on the CPU. A run lives in a folder: checkpoints that resume exactly, the best epoch's weights, a log as CSV for each phase.</summary>
/// <remarks>A run sets what belongs to the whole process and leaves it so: libtorch's number of threads (<see cref="TrainingOptions.Threads"/>), its random generator (<see cref="TrainingOptions.Seed"/>), and on Linux glibc's malloc, which keeps freed memory and has one arena. Do not run a second training, or models that should keep their own threads, beside it in one process.</remarks>
public sealed class CxrTrainer
{
    private readonly TrainingSet _train;
    private readonly TrainingSet _validation;
    private readonly TrainingOptions _options;
    private readonly string _folder;

    /// <summary>Prepares a run; if the folder holds one that was cut off, it goes on from there.</summary>
    /// <param name="train">What is learnt.</param>
    /// <param name="validation">What every choice is made on.</param>
    /// <param name="options">The hyper-parameters, with a network of the family <c>cxrnet</c>; they must equal those of the run that goes on.</param>
    /// <param name="folder">Where the run lives; made if it is not there.</param>
    /// <exception cref="ArgumentException">The two sets differ in side or classes, there are fewer than two classes, the network is no classifier of this library, the options ask for what cannot be, or the folder holds a run of other options or images.</exception>
    /// <exception cref="CxrModelException">The folder's checkpoint is damaged.</exception>
    public CxrTrainer(TrainingSet train, TrainingSet validation, TrainingOptions options, string folder)
    {
        TrainingGuard.Require(train, validation, options, folder);
        if (options.Network.Family != CxrNetPresets.Small.Family)
        {
            throw new ArgumentException($"A network of the family '{options.Network.Family}' is no classifier; one of the family '{CxrNetPresets.Small.Family}' is expected, as CxrNetPresets.Small. LungTrainer trains the others.", nameof(options));
        }

        if (!train.Classes.SequenceEqual(validation.Classes))
        {
            throw new ArgumentException("Training and validation images have different classes.", nameof(validation));
        }

        (_train, _validation, _options, _folder) = (train, validation, options, folder);
    }

    /// <summary>Trains until the last epoch is done.</summary>
    /// <param name="progress">Told every few steps and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops after the step, or the validation's batch, that runs; the last epoch's checkpoint stays.</param>
    /// <returns>The file with the best epoch's weights, chosen on the validation images by macro-F1, in the map's phase by macro-F1 and insertion less the map's area and the accuracy on what it leaves out.</returns>
    /// <exception cref="ArgumentException">No phase has an epoch.</exception>
    /// <exception cref="CxrModelException">libtorch is missing, another training is at work in the folder, a file of weights or of the run's state is missing, damaged or of another network, or the loss or the score is no finite number any more.</exception>
    public string Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingRun.Prepare(_options);
        using CxrNetwork network = new(_options.Network, _train.Classes.Count);
        _train.Weigh(_options);
        bool hasMap = StartingWeights.Load(_options, network, _train);
        using KeptMap? kept = _options.KeepMapWeight > 0 ? KeptMap.Of(network, _options, hasMap) : null;
        int healthy = _options.SingleSourceWeight < 1 ? _train.HealthyIndex(_options) : 0;
        using Teachers? teachers = _options.Teachers.Count > 0 ? new Teachers(_options, _train.Classes) : null;
        return new TrainingRun(_train, _validation, _options, _folder).Run(Tasks(network, healthy, teachers, kept), hasMap, progress, cancellationToken);
    }

    private TrainingTask[] Tasks(CxrNetwork network, int healthy, Teachers? teachers, KeptMap? kept) => _options.Preset switch
    {
        TrainingPreset.Paper => [new JointTask(0, network, _options, healthy)],
        _ when !network.HasMap => [new EncoderTask(0, network, _options, healthy, teachers)],
        _ => [new EncoderTask(0, network, _options, healthy, teachers), new MapTask(1, network, _options, healthy, kept), new SettleTask(2, network, _options, healthy, teachers)],
    };
}
