using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: how long, how fast, on how large images.</summary>
internal static class TrainSchedule
{
    private const string Map = "--preset faithful and a --feed that has a map";

    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<int>("--epochs", "N", "Epochs of the classifier.", static (o, v) => o.Options = o.Options with { EncoderEpochs = v }),
        Of<int>("--map-epochs", "N", "Epochs of the map.", static (o, v) => o.Options = o.Options with { MapEpochs = v }) with { Missing = static o => o.Options.MapEpochs > 0 && !o.Options.Phases().HasFlag(TrainPhases.Map) ? Map : null },
        Of<int>("--settle-epochs", "N", "Epochs in which the classifier gets used to the finished map.", static (o, v) => o.Options = o.Options with { SettleEpochs = v }) with { Missing = static o => o.Options.SettleEpochs > 0 && !o.Options.Phases().HasFlag(TrainPhases.Settle) ? Map : null },
        Of<int>("--start-side", "N", "Rows and columns in the first epochs of the classifier.", static (o, v) => o.Options = o.Options with { StartSide = v }) with { ReadBy = TrainPhases.Encoder | TrainPhases.Map, Missing = static o => o.Options.StartEpochs == 0 && o.Options.MapStartEpochs == 0 ? "--start-epochs or --map-start-epochs" : null },
        Of<int>("--start-epochs", "N", "How many epochs that are.", static (o, v) => o.Options = o.Options with { StartEpochs = v }) with { ReadBy = TrainPhases.Encoder, Missing = static o => o.Options.StartSide == 0 ? "--start-side" : null },
        Of<int>("--map-start-epochs", "N", "How many epochs of the map are at --start-side.", static (o, v) => o.Options = o.Options with { MapStartEpochs = v }) with { ReadBy = TrainPhases.Map, Missing = static o => o.Options.StartSide == 0 ? "--start-side" : null },
        Of<int>("--patience", "N", "Ends a phase after so many epochs without a better one.", static (o, v) => o.Options = o.Options with { Patience = v }),
        Of<double>("--learning-rate", "X", "AdamW's learning rate at its peak.", static (o, v) => o.Options = o.Options with { PeakLearningRate = v }),
        Of<int>("--batch", "N", "Images per step.", static (o, v) => o.Options = o.Options with { BatchSize = v }),
    ];
}
