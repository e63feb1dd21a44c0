using static CxrNet.Cli.Commands.TrainSwitch;

namespace CxrNet.Cli.Commands;

/// <summary>Options of train: how long, how fast, on how large images.</summary>
internal static class TrainSchedule
{
    private const string Map = "--preset faithful and a --feed that has a map";

    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<int>("--epochs", "N", "Epochs of the classifier.", static (o, v) => o with { EncoderEpochs = v }),
        Of<int>("--map-epochs", "N", "Epochs of the map.", static (o, v) => o with { MapEpochs = v }) with { Missing = static o => o.MapEpochs > 0 && !o.Phases().HasFlag(TrainPhases.Map) ? Map : null },
        Of<int>("--settle-epochs", "N", "Epochs in which the classifier gets used to the finished map.", static (o, v) => o with { SettleEpochs = v }) with { Missing = static o => o.SettleEpochs > 0 && !o.Phases().HasFlag(TrainPhases.Settle) ? Map : null },
        Of<int>("--start-side", "N", "Rows and columns in the first epochs of the classifier.", static (o, v) => o with { StartSide = v }) with { ReadBy = TrainPhases.Encoder | TrainPhases.Map, Missing = static o => o.StartEpochs == 0 && o.MapStartEpochs == 0 ? "--start-epochs or --map-start-epochs" : null },
        Of<int>("--start-epochs", "N", "How many epochs that are.", static (o, v) => o with { StartEpochs = v }) with { ReadBy = TrainPhases.Encoder, Missing = static o => o.StartSide == 0 ? "--start-side" : null },
        Of<int>("--map-start-epochs", "N", "How many epochs of the map are at --start-side.", static (o, v) => o with { MapStartEpochs = v }) with { ReadBy = TrainPhases.Map, Missing = static o => o.StartSide == 0 ? "--start-side" : null },
        Of<int>("--patience", "N", "Ends a phase after so many epochs without a better one.", static (o, v) => o with { Patience = v }),
        Of<double>("--learning-rate", "X", "AdamW's learning rate at its peak.", static (o, v) => o with { PeakLearningRate = v }),
        Of<int>("--batch", "N", "Images per step.", static (o, v) => o with { BatchSize = v }),
    ];
}
