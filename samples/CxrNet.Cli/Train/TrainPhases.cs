using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>The phases of a training, as log and progress name them.</summary>
[Flags]
internal enum TrainPhases
{
    None = 0,
    Encoder = 1,
    Map = 2,
    Settle = 4,
    Joint = 8,
    Lungs = 16,

    /// <summary>What teaches E2 in the preset faithful.</summary>
    Classifier = Encoder | Settle,

    /// <summary>All of --task findings.</summary>
    Findings = Encoder | Map | Settle | Joint,
    All = Findings | Lungs,
}

internal static class TrainPhasesOf
{
    /// <summary>The phases that a training with these options runs.</summary>
    public static TrainPhases Phases(this TrainingOptions options)
    {
        TrainPhases first = options.Network.Family != "cxrnet" ? TrainPhases.Lungs : options.Preset == TrainingPreset.Paper ? TrainPhases.Joint : TrainPhases.Encoder;
        bool hasMap = first == TrainPhases.Encoder && options.Network.Feed != "image";
        return (options.EncoderEpochs > 0 ? first : TrainPhases.None)
            | (hasMap && options.MapEpochs > 0 ? TrainPhases.Map : TrainPhases.None)
            | (hasMap && options.SettleEpochs > 0 ? TrainPhases.Settle : TrainPhases.None);
    }

    /// <summary>Their names, for a message.</summary>
    public static string Named(this TrainPhases phases) =>
        string.Join(", ", Enum.GetValues<TrainPhases>().Where(phase => int.IsPow2((int)phase) && phases.HasFlag(phase)).Select(static phase => phase.ToString().ToLowerInvariant()));
}
