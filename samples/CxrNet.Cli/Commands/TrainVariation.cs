using static CxrNet.Cli.Commands.TrainSwitch;

namespace CxrNet.Cli.Commands;

/// <summary>Options of train: how images are varied.</summary>
internal static class TrainVariation
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Varying<double>("--blur", "X", "Greatest width of the random blur and sharpening, pixels per 192.", static (a, v) => a with { Blur = v }),
        Varying<double>("--tone", "X", "Greatest change of the grey values: the logarithm of their exponent, and the share of a neighbourhood's mean that is taken away or added.", static (a, v) => a with { LogGamma = v, LocalContrast = v }),
        Varying<double>("--noise", "X", "Greatest standard deviation of the random noise; grey values are in 0 … 1.", static (a, v) => a with { Noise = v }),
        Varying<double>("--aspect", "X", "Greatest logarithm of columns against rows in the random stretching.", static (a, v) => a with { Aspect = v }),
        Varying<double>("--exchange-aspect", "0..1", "Share of the images that are shown with the ratio of width to height of another image, so that it says nothing of the label.", static (a, v) => a with { AspectExchange = v }),
        Varying<double>("--transplant-share", "0..1", "Share of the images whose lungs are laid into the body of an image of another source.", static (a, v) => a with { TransplantShare = v }),
        Varying<double>("--detail-share", "0..1", "Share of those images that keep the other lungs' fine detail.", static (a, v) => a with { DetailShare = v }) with { Missing = static o => o.Augmentation.TransplantShare == 0 ? "--transplant-share" : null },
        Varying<double>("--style-share", "0..1", "Share of the classifier's batches whose early feature statistics are mixed between images (MixStyle).", static (a, v) => a with { StyleShare = v }) with { ReadBy = TrainPhases.Encoder },
        Varying<double>("--mixup-share", "0..1", "Share of the classifier's batches that are blended pairwise (mixup).", static (a, v) => a with { MixupShare = v }) with { ReadBy = TrainPhases.Encoder },
    ];
}
