using System.Diagnostics;
using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>Measures one map of one image in all the ways that this package knows.</summary>
/// <remarks>All figures are taken at the resolution of the network's input, the same for every method.</remarks>
public static class MapJudge
{
    /// <summary>All figures, in the order of a table.</summary>
    public static IReadOnlyList<MapMetric> Metrics { get; } =
    [
        new("insertion", 1, "Area below the finding's probability while pixels come back in the map's order (RISE)."),
        new("deletion", -1, "Area below the finding's probability while pixels go in the map's order (RISE)."),
        new("road", 1, "ROAD: mean probability without the least relevant pixels less that without the most relevant, halved."),
        new("average_drop", -1, "Share of the probability that is lost when only what the map shows is kept."),
        new("increase", 1, "Share of images whose probability rises when only what the map shows is kept."),
        new("infidelity", -1, "Squared error of the map as a linear model of the logit under noise in proportion to the input's own spread, scale fitted."),
        new("lung_energy", 1, "Share of the map's positive values inside the lungs; of a map that is neither signed nor the network's own, of what is above its smallest value."),
        new("lung_base_rate", 0, "The lungs' share of the area: what a map that knows nothing reaches."),
        new("lung_pointing", 1, "Share of images whose strongest pixel lies in the lungs."),
        new("lesion_energy", 1, "The same for the lesion."),
        new("lesion_base_rate", 0, "The lesion's share of the area."),
        new("lesion_pointing", 1, "Share of images whose strongest pixel lies on the lesion."),
        new("lesion_auprc", 1, "Average precision of the map's values for the lesion's pixels."),
        new("lesion_iou", 1, "Overlap of the lesion with as many of the strongest pixels as it has."),
        new("gini", 0, "Gini index of the absolute values: 0 flat, 1 a single pixel."),
        new("entropy", 0, "Entropy of the absolute values, in nats."),
        new("max_sensitivity", -1, "The largest relative change of the map under slight noise."),
        new("repeat_difference", -1, "The largest difference when the map is made again, as a share of its largest value."),
        new("zone_1", 0, "Share in the image-left upper lung."),
        new("zone_2", 0, "Share in the image-left middle lung."),
        new("zone_3", 0, "Share in the image-left lower lung."),
        new("zone_4", 0, "Share in the image-right upper lung."),
        new("zone_5", 0, "Share in the image-right middle lung."),
        new("zone_6", 0, "Share in the image-right lower lung."),
        new("ms", -1, "Milliseconds for one image, the forward passes included."),
    ];

    /// <summary>Explains an image and judges the map.</summary>
    /// <param name="classifier">The model that is explained.</param>
    /// <param name="map">The method; of the same model.</param>
    /// <param name="mapCase">The image and what is known of it.</param>
    /// <param name="heatmap">The raw map that was judged, as the method gave it.</param>
    /// <param name="options">What to measure; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The figures by the names of <see cref="Metrics"/>, each without a unit except <c>ms</c>; one that is not defined for this image and map is left out. With the insertion and deletion curves.</returns>
    /// <exception cref="ArgumentException">The model has no finding of that name; a mask has another size than the image; or an option is out of its range.</exception>
    /// <exception cref="CxrModelException">The model or the method failed; see InnerException.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MapFigures Judge(ICxrClassifier classifier, IExplanationMap map, MapCase mapCase, out Heatmap heatmap, MapJudgeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(mapCase);
        options ??= new MapJudgeOptions();
        options.Validate();
        RequireSize(mapCase, mapCase.Lungs, "lung mask");
        RequireSize(mapCase, mapCase.Lesion, "lesion mask");
        long started = Stopwatch.GetTimestamp();
        heatmap = map.Explain(mapCase.Image, mapCase.Finding, cancellationToken);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        NetworkView view = NetworkView.Of(classifier, mapCase.Image);
        float[] values = view.Place(heatmap);
        Dictionary<string, double> figures = new(StringComparer.Ordinal) { ["ms"] = milliseconds };
        (CausalCurve insertion, CausalCurve deletion) = Faithful(view, mapCase, values, options, figures, cancellationToken);

        float[] evidence = view.Place(heatmap.ToEvidence());
        // A mask without a pixel is no chest without lungs: somebody did not find them.
        if (mapCase.Lungs is { } lungs && view.Place(lungs) is { Count: > 0 } found)
        {
            InLungs(evidence, found, figures);
        }

        if (mapCase.Lesion is { } lesion && view.Place(lesion) is { Count: > 0 } placed)
        {
            OnLesion(evidence, placed, figures);
        }

        figures["gini"] = MapComplexity.Gini(values);
        figures["entropy"] = MapComplexity.Entropy(values);
        Steady(map, mapCase, heatmap, view, options, figures, cancellationToken);
        return new MapFigures(map.Method, mapCase.Subject, figures.Where(f => !double.IsNaN(f.Value)).ToDictionary(StringComparer.Ordinal), insertion, deletion);
    }

    // At the door: the methods and figures before it may take minutes.
    private static void RequireSize(MapCase mapCase, BinaryMask? mask, string what)
    {
        GrayImage image = mapCase.Image;
        if (mask is not null && (mask.Width, mask.Height) != (image.Width, image.Height))
        {
            throw new ArgumentException($"A {what} of {mask.Width} x {mask.Height} given, the image is {image.Width} x {image.Height}.", nameof(mapCase));
        }
    }

    private static (CausalCurve Insertion, CausalCurve Deletion) Faithful(NetworkView view, MapCase mapCase, float[] values, MapJudgeOptions options, Dictionary<string, double> figures, CancellationToken cancellationToken)
    {
        ImageScore score = view.Score(mapCase.Finding);
        GrayImage plane = view.Plane;
        int step = (int)Math.Ceiling((double)values.Length / options.Steps);
        CausalCurve insertion = CausalMetric.Insertion(score, plane, values, new CausalOptions { PixelsPerStep = step, Reference = options.InsertionReference }, cancellationToken);
        CausalCurve deletion = CausalMetric.Deletion(score, plane, values, new CausalOptions { PixelsPerStep = step, Reference = options.DeletionReference }, cancellationToken);
        figures["insertion"] = insertion.Area;
        figures["deletion"] = deletion.Area;
        figures["road"] = Road.Of(score, plane, values, cancellationToken: cancellationToken).Combined;

        // Only evidence for the finding is kept: what speaks against it is no part of what the map shows.
        float[] positive = Array.ConvertAll(values, static v => Math.Max(0, v));
        IReadOnlyList<double> kept = score([ConfidenceChange.Keep(plane, positive)], cancellationToken);
        ConfidenceChange change = ConfidenceChange.From([insertion.Scores[^1]], kept);
        figures["average_drop"] = change.AverageDrop;
        figures["increase"] = change.Increase;
        // A plane of one value has no scale that noise could be in proportion to: the figure is not defined.
        if (options.InfidelitySamples > 0 && TensorPrimitives.Max(plane.Pixels) > TensorPrimitives.Min(plane.Pixels))
        {
            IReadOnlyList<float[]> noise = Perturbations.Noise(plane, options.InfidelitySamples, options.InfidelityNoise * TensorPrimitives.StdDev(plane.Pixels));
            figures["infidelity"] = Infidelity.Of(view.Score(mapCase.Finding, ExplainedScore.Logit), plane, values, noise, normalize: true, cancellationToken);
        }

        return (insertion, deletion);
    }

    private static void InLungs(float[] values, BinaryMask lungs, Dictionary<string, double> figures)
    {
        EnergyShare share = EnergyShare.In(values, lungs);
        figures["lung_energy"] = share.Share;
        figures["lung_base_rate"] = share.BaseRate;
        if (!IsFlat(values))
        {
            figures["lung_pointing"] = PointingGame.Of(values, lungs).IsHit() ? 1 : 0;
        }

        foreach ((int zone, EnergyShare part) in EnergyShare.ByZone(values, LungZones.Of(lungs)).Where(z => z.Key > 0))
        {
            figures[$"zone_{zone}"] = part.Share;
        }
    }

    private static void OnLesion(float[] values, BinaryMask lesion, Dictionary<string, double> figures)
    {
        EnergyShare share = EnergyShare.In(values, lesion);
        figures["lesion_energy"] = share.Share;
        figures["lesion_base_rate"] = share.BaseRate;
        if (!IsFlat(values))
        {
            figures["lesion_pointing"] = PointingGame.Of(values, lesion).IsHit() ? 1 : 0;
            figures["lesion_auprc"] = PixelRanking.Of(values, lesion).AveragePrecision;
            figures["lesion_iou"] = MapOverlap.Top(values, lesion, lesion.Count).IntersectionOverUnion;
        }
    }

    // A map without any evidence points nowhere: its first pixel would be a miss that it did not make.
    private static bool IsFlat(float[] values) => TensorPrimitives.Max<float>(values) <= TensorPrimitives.Min<float>(values);

    private static void Steady(IExplanationMap map, MapCase mapCase, Heatmap heatmap, NetworkView view, MapJudgeOptions options, Dictionary<string, double> figures, CancellationToken cancellationToken)
    {
        if (options.SensitivitySamples > 0)
        {
            // Of the image as the network sees it: noise on the pixels of a large file would be averaged away on the way there.
            GrayImage seen = view.GreyPlane();
            figures["max_sensitivity"] = MaxSensitivity.Of(map, mapCase.Finding, seen, Perturbations.Noise(seen, options.SensitivitySamples), cancellationToken);
        }

        if (options.Repeat)
        {
            Heatmap again = map.Explain(mapCase.Image, mapCase.Finding, cancellationToken);
            double largest = TensorPrimitives.MaxMagnitude(heatmap.Values);
            figures["repeat_difference"] = MapComparison.LargestDifference(heatmap, again) / Math.Max(Math.Abs(largest), float.Epsilon);
        }
    }
}
