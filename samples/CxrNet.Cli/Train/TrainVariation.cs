using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: how images are varied.</summary>
internal static class TrainVariation
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<double>("--blur", "X", "Greatest width of the random blur and sharpening, pixels per 192.", static (o, v) => o.Variation = o.Variation with { Blur = v }),
        Of<double>("--tone", "X", "Greatest change of the grey values: the logarithm of their exponent, and the share of a neighbourhood's mean that is taken away or added.", static (o, v) => o.Variation = o.Variation with { LogGamma = v, LocalContrast = v }),
        Of<double>("--noise", "X", "Greatest standard deviation of the random noise; grey values are in 0 … 1.", static (o, v) => o.Variation = o.Variation with { Noise = v }),
        Of<double>("--aspect", "X", "Greatest logarithm of columns against rows in the random stretching.", static (o, v) => o.Variation = o.Variation with { Aspect = v }),
        Of<double>("--exchange-aspect", "0..1", "Share of the images that are shown with the ratio of width to height of another image, so that it says nothing of the label.", static (o, v) => o.Variation = o.Variation with { AspectExchange = v }),
        Of<double>("--exchange-framing", "0..1", "Share of the images whose lungs are laid where those of another image lie, so that place and size say nothing of the label.", static (o, v) => o.Variation = o.Variation with { FramingExchange = v }),
        Of<double>("--transplant-share", "0..1", "Share of the images whose lungs are laid into the body of an image of another source.", static (o, v) => o.Variation = o.Variation with { TransplantShare = v }),
        Of<double>("--detail-share", "0..1", "Share of those images that keep the other lungs' fine detail.", static (o, v) => o.Variation = o.Variation with { DetailShare = v }) with { Missing = static o => o.Options.Augmentation.TransplantShare == 0 ? "--transplant-share" : null },
        Of<double>("--style-share", "0..1", "Share of the classifier's batches whose early feature statistics are mixed between images (MixStyle).", static (o, v) => o.Variation = o.Variation with { StyleShare = v }) with { ReadBy = TrainPhases.Encoder },
        Of<double>("--mixup-share", "0..1", "Share of the classifier's batches that are blended pairwise (mixup).", static (o, v) => o.Variation = o.Variation with { MixupShare = v }) with { ReadBy = TrainPhases.Encoder },
    ];
}
