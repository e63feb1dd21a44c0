namespace CxrNet.Evaluation;

/// <summary>The figures of a segmenter over many images.</summary>
/// <remarks>Immutable. Images without a defined figure (both masks empty) are counted, not averaged; a mask found where there is none, or missed, has Dice 0 and no distance.</remarks>
public sealed record SegmentationReport
{
    /// <summary>Per image, in the given order.</summary>
    public required IReadOnlyList<MaskOverlap> Overlaps { get; init; }

    /// <summary>Per image; null where a mask is empty.</summary>
    public required IReadOnlyList<SurfaceDistances?> Distances { get; init; }

    /// <summary>Mean Dice with its bootstrap interval over the images.</summary>
    public required Interval Dice { get; init; }

    /// <summary>Mean IoU with its bootstrap interval over the images.</summary>
    public required Interval IntersectionOverUnion { get; init; }

    /// <summary>Mean of <see cref="SurfaceDistances.Hausdorff95MaxOfDirected"/> over the images that have it.</summary>
    public required double Hausdorff95 { get; init; }

    /// <summary>Mean of <see cref="SurfaceDistances.AveragePooled"/> over the images that have it.</summary>
    public required double AverageSurfaceDistance { get; init; }

    /// <summary>How many images have no Dice because both masks are empty.</summary>
    public int Undefined => Overlaps.Count(o => double.IsNaN(o.Dice));

    /// <summary>Computes all figures.</summary>
    /// <param name="truth">The reference masks, one or more.</param>
    /// <param name="predicted">In the same order, each of its reference's size.</param>
    /// <param name="spacing">Of each image; pixels where null.</param>
    /// <param name="options">Of the intervals.</param>
    /// <param name="cancellationToken">Stops the comparison of masks and the drawing of the intervals.</param>
    /// <exception cref="ArgumentException">The numbers or sizes of masks differ.</exception>
    public static SegmentationReport From(IReadOnlyList<BinaryMask> truth, IReadOnlyList<BinaryMask> predicted, IReadOnlyList<PixelSpacing>? spacing = null, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentOutOfRangeException.ThrowIfZero(truth.Count, nameof(truth));
        Guard.SameLength(truth.Count, predicted.Count, nameof(predicted));
        Guard.SameLength(truth.Count, spacing?.Count ?? truth.Count, nameof(spacing));
        MaskOverlap[] overlaps = new MaskOverlap[truth.Count];
        SurfaceDistances?[] distances = new SurfaceDistances?[truth.Count];
        for (int i = 0; i < overlaps.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            overlaps[i] = MaskOverlap.Of(truth[i], predicted[i]);
            distances[i] = SurfaceDistances.Between(truth[i], predicted[i], spacing?[i] ?? PixelSpacing.Pixels);
        }

        return Of(overlaps, distances, options, cancellationToken);
    }

    /// <summary>The same of images that were compared one by one, so that no mask need be kept.</summary>
    /// <param name="overlaps">Of each image, one or more.</param>
    /// <param name="distances">In the same order; null where a mask is empty.</param>
    /// <param name="options">Of the intervals.</param>
    /// <param name="cancellationToken">Stops the comparison of masks and the drawing of the intervals.</param>
    /// <exception cref="ArgumentException">The numbers differ.</exception>
    public static SegmentationReport Of(IReadOnlyList<MaskOverlap> overlaps, IReadOnlyList<SurfaceDistances?> distances, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(overlaps);
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentOutOfRangeException.ThrowIfZero(overlaps.Count, nameof(overlaps));
        Guard.SameLength(overlaps.Count, distances.Count, nameof(distances));
        return new SegmentationReport
        {
            Overlaps = overlaps,
            Distances = distances,
            Dice = MeanInterval.Of([.. overlaps.Select(o => o.Dice)], options, cancellationToken),
            IntersectionOverUnion = MeanInterval.Of([.. overlaps.Select(o => o.IntersectionOverUnion)], options, cancellationToken),
            Hausdorff95 = distances.OfType<SurfaceDistances>().Select(d => d.Hausdorff95MaxOfDirected).DefaultIfEmpty(double.NaN).Average(),
            AverageSurfaceDistance = distances.OfType<SurfaceDistances>().Select(d => d.AveragePooled).DefaultIfEmpty(double.NaN).Average(),
        };
    }
}
