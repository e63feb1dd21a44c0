namespace CxrNet.Evaluation;

/// <summary>EVAL-X: a classifier that was trained on randomly masked images, and never met the map, says whether the label is in what the map keeps and not in the rest.</summary>
/// <remarks>
/// N. Jethani et al., Have We Learned to Explain?, AISTATS 2021 (arXiv 2103.01890). The network that a map was trained with is no judge of it: a map can write the label for it.
/// The units of methods differ, so every map keeps the same share of the pixels, the ones with the highest values, equal ones in row-major order; what speaks against the finding comes last. A network's own map, whose values are shares 0 … 1, is asked about as it is too.
/// </remarks>
public static class EvalX
{
    /// <summary>The figures, in the order of a table. Means over images are accuracies.</summary>
    public static IReadOnlyList<MapMetric> Metrics { get; } =
    [
        new("evalx_kept", 1, "EVAL-X: share of images whose label a classifier trained on random masks finds in the map's strongest pixels, a fifth of the image for every method."),
        new("evalx_complement", -1, "The same in all but those pixels."),
        new("evalx_own_kept", 1, "The same in the image times the network's own map as it is."),
        new("evalx_own_complement", -1, "The same in what the network's own map leaves out."),
        new("evalx_own_area", 0, "The mean of the network's own map."),
        new("evalx_whole", 0, "The same on whole images: what can be reached."),
        new("evalx_nothing", 0, "The same with nothing left of the image: chance."),
    ];

    /// <summary>Asks about one image.</summary>
    /// <param name="evaluator">Trained on random masks; stays the caller's. The image is brought to its input, whatever that of the explained network is.</param>
    /// <param name="image">The image that the map explains, the evaluator's lung handling done.</param>
    /// <param name="label">What the image is, as the evaluator's card names it.</param>
    /// <param name="map">The raw map, of any method.</param>
    /// <param name="options">Share and reference; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The evaluator has no trained finding of the label's name, the map is of another image's size or holds NaN.</exception>
    public static EvalXAnswer Ask(ICxrClassifier evaluator, GrayImage image, string label, Heatmap map, EvalXOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(map);
        options ??= new EvalXOptions();
        if (!(options.Share > 0 && options.Share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Share, $"A share of {options.Share} given, above 0 and below 1 expected.");
        }

        TargetFinding.IndexOf(evaluator.Card, label);
        NetworkView view = NetworkView.Of(evaluator, image);
        GrayImage plane = view.Plane;
        GrayImage nothing = options.Reference is { } reference ? MapGuard.Reference(reference, plane) : evaluator is ITensorClassifier ? ReferenceImages.Constant(plane, 0) : ReferenceImages.Mean(plane);
        float[] values = view.Place(map);
        MapGuard.Check(values, plane);
        float[] strongest = Strongest(values, options.Share);
        List<GrayImage> planes = [plane, nothing, Keep(plane, nothing, strongest), Keep(plane, nothing, Rest(strongest))];
        float[]? own = map.IsOwnMap ? Array.ConvertAll(values, static v => Math.Clamp(v, 0, 1)) : null;
        if (own is not null)
        {
            planes.AddRange([Keep(plane, nothing, own), Keep(plane, nothing, Rest(own))]);
        }

        bool[] isFound = [.. view.TopFindings(planes, cancellationToken).Select(found => found == label)];
        EvalXAnswer answer = new(isFound[0], isFound[1], isFound[2], isFound[3]);
        return own is null ? answer : answer with { OwnKept = isFound[4], OwnComplement = isFound[5], OwnArea = own.Average() };
    }

    /// <summary>Asks about several images; <see cref="EvalXReport.Of"/> sums up.</summary>
    /// <param name="evaluator">As <see cref="Ask"/> has it.</param>
    /// <param name="images">The images.</param>
    /// <param name="labels">As many.</param>
    /// <param name="maps">As many.</param>
    /// <param name="options">Share and reference; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>An answer for each image, in the same order.</returns>
    public static IReadOnlyList<EvalXAnswer> AskAll(ICxrClassifier evaluator, IReadOnlyList<GrayImage> images, IReadOnlyList<string> labels, IReadOnlyList<Heatmap> maps, EvalXOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(maps);
        Guard.SameLength(images.Count, labels.Count, nameof(labels));
        Guard.SameLength(images.Count, maps.Count, nameof(maps));
        return [.. images.Select((image, i) => Ask(evaluator, image, labels[i], maps[i], options, cancellationToken))];
    }

    private static float[] Strongest(float[] values, double share)
    {
        float[] mask = new float[values.Length];
        int count = Math.Clamp((int)Math.Round(share * values.Length), 1, values.Length);
        foreach (int pixel in MapGuard.Descending(values).AsSpan(0, count))
        {
            mask[pixel] = 1;
        }

        return mask;
    }

    private static float[] Rest(float[] mask) => Array.ConvertAll(mask, static m => 1 - m);

    private static GrayImage Keep(GrayImage plane, GrayImage nothing, float[] mask)
    {
        float[] pixels = new float[mask.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (mask[i] * plane.Pixels[i]) + ((1 - mask[i]) * nothing.Pixels[i]);
        }

        return new GrayImage(plane.Width, plane.Height, pixels, plane.Info);
    }
}
