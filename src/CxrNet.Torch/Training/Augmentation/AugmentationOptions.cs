namespace CxrNet.Torch.Training;

/// <summary>How the images of a training are varied; saved into its checkpoints. No flips: the heart is on the left.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Greatest rotation in degrees.</summary>
    public double Angle { get; init; } = 10;

    /// <summary>Greatest shift, as a share of the side.</summary>
    public double Shift { get; init; } = 0.08;

    /// <summary>Greatest change of scale.</summary>
    public double Scale { get; init; } = 0.1;

    /// <summary>Greatest logarithm of columns against rows.</summary>
    /// <remarks>An image is stretched to a square: how wide it was remains visible, and sick children are filmed wider than healthy ones.</remarks>
    public double Aspect { get; init; } = 0.1;

    /// <summary>Share of the images that are shown with the ratio of width to height of another image of the set, drawn anew each time: over a whole set the ratio then says nothing of the label.</summary>
    /// <remarks>Where the ratio has to grow, rows are cut off above and below or columns are mirrored in at the sides, and the other way round where it has to shrink, in a mixture that is drawn too.</remarks>
    public double AspectExchange { get; init; }

    /// <summary>Share of the images whose lungs are laid where those of another image of the set lie, drawn anew each time: over a whole set place, size and ratio of the lungs then say nothing of the label.</summary>
    /// <remarks>What lies beyond the border is mirrored in. Where the lungs are not known, <see cref="AspectExchange"/> is what remains.</remarks>
    public double FramingExchange { get; init; }

    /// <summary>Greatest logarithm of the exponent of the grey values.</summary>
    public double LogGamma { get; init; } = 0.35;

    /// <summary>Greatest share of a neighbourhood's mean (an eighth of the side) that is taken away or added: how strongly a vendor's processing evens an image out.</summary>
    public double LocalContrast { get; init; } = 0.35;

    /// <summary>Greatest standard deviation of the blur, in pixels per 192 of the side, drawn for rows and columns apart; images are softened or sharpened by it.</summary>
    /// <remarks>The sharpness of a film tells its hospital, and copies that were squashed once and stretched back have lost it one way.</remarks>
    public double Blur { get; init; } = 2;

    /// <summary>Greatest standard deviation of the noise; grey values are in 0 … 1.</summary>
    public double Noise { get; init; } = 0.02;

    /// <summary>Share of the images whose lungs are laid into the body of an image of another source: what lies around the lungs, and where they lie, cannot become a cue there.</summary>
    public double TransplantShare { get; init; }

    /// <summary>Share of those images that keep the other lungs' fine detail: ribs and grain, which tell grown-ups from children and hospitals from each other.</summary>
    public double DetailShare { get; init; }

    /// <summary>Share of the batches in whose early feature planes mean and standard deviation are mixed between images (MixStyle, Zhou et al. 2021, arXiv 2104.02008).</summary>
    public double StyleShare { get; init; }

    /// <summary>Share of the classifier's batches that are blended pairwise, images and labels (mixup, Zhang et al. 2018, arXiv 1710.09412).</summary>
    public double MixupShare { get; init; }
}
