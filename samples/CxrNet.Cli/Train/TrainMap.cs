using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: what the map is taught.</summary>
internal static class TrainMap
{
    public static IEnumerable<TrainSwitch> Create()
    {
        TrainSwitch[] switches =
        [
            Of<double>("--outside-lung-weight", "X", "Weight of what the map marks outside the lungs.", static (o, v) => o.Options = o.Options with { OutsideLungWeight = v }),
            Of<double>("--area-weight", "X", "Weight of the map's area.", static (o, v) => o.Options = o.Options with { AreaWeight = v }),
            Of<double>("--variation-weight", "X", "Weight of the map's total variation.", static (o, v) => o.Options = o.Options with { VariationWeight = v }),
            Of<double>("--complement-weight", "X", "Weight of what the classifier still knows from what the map leaves out.", static (o, v) => o.Options = o.Options with { ComplementWeight = v }),
            Of<double>("--lesion-weight", "X", "Weight of the map's distance from the lesions where they are known: those of --phantoms, and of a manifest's lesion_mask.", static (o, v) => o.Options = o.Options with { LesionWeight = v }),
            Of<double>("--keep-map-weight", "X", "Weight of the map's distance, on radiographs, from the map of --init or --init-map: what --phantoms teach it leaves the rest as it was.", static (o, v) => o.Options = o.Options with { KeepMapWeight = v }),
            Of<double>("--insertion-weight", "X", "Weight of the whole network's cross-entropy on points of the map's insertion curve.", static (o, v) => o.Options = o.Options with { InsertionWeight = v }),
            Of<double>("--insertion-share", "0..1", "Share of each batch that is taken for it.", static (o, v) => o.Options = o.Options with { InsertionShare = v }) with { Missing = static o => o.Options.InsertionWeight == 0 ? "--insertion-weight" : null },
        ];
        return switches.Select(static one => one with { ReadBy = TrainPhases.Map });
    }
}
