using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: how much of an image the classifier is shown while it learns.</summary>
internal static class TrainViews
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<double>("--whole-share", "0..1", "Share of the classifier's images that is shown unmasked.", static (o, v) => o.Options = o.Options with { WholeShare = v }) with { ReadBy = TrainPhases.Classifier },
        Of<double>("--lung-share", "0..1", "Share of the classifier's images of which only the lungs are shown.", static (o, v) => o.Options = o.Options with { LungShare = v }) with { ReadBy = TrainPhases.Classifier },
        Of<double>("--reveal-share", "0..1", "Share of the images that are shown as on a point of an insertion curve: some pixels sharp, in a random order, the others blurred.", static (o, v) => o.Options = o.Options with { RevealShare = v }) with { ReadBy = TrainPhases.Classifier | TrainPhases.Map },
        Of<double>("--settle-map-share", "0..1", "Share of the images of --settle-epochs that come through the map.", static (o, v) => o.Options = o.Options with { SettleMapShare = v }) with { ReadBy = TrainPhases.Settle },
        Of<double>("--settle-reveal-share", "0..1", "Share of the images of --settle-epochs that are shown as on a point of their own map's insertion curve: the map's strongest pixels sharp, the others blurred.", static (o, v) => o.Options = o.Options with { SettleRevealShare = v }) with { ReadBy = TrainPhases.Settle },
        Of<double>("--settle-withheld-share", "0..1", "Share of the images of --settle-epochs whose evidence is withheld, the map's strongest pixels or the lungs, and on which all classes should come out alike.", static (o, v) => o.Options = o.Options with { SettleWithheldShare = v }) with { ReadBy = TrainPhases.Settle },
    ];
}
