namespace CxrNet;

/// <summary>How far two classifiers of the same findings differ: two backends with the same weights, a model and its quantised copy.</summary>
public sealed record ModelParity
{
    /// <summary>The id of the one model.</summary>
    public required string FirstModel { get; init; }

    /// <summary>The id of the other.</summary>
    public required string SecondModel { get; init; }

    /// <summary>Images that were compared.</summary>
    public required int Images { get; init; }

    /// <summary>Greatest absolute difference of a logit.</summary>
    public required float MaxLogitDifference { get; init; }

    /// <summary>The image, counted from 0, that the greatest difference of a logit was found on.</summary>
    public required int WorstImage { get; init; }

    /// <summary>Greatest absolute difference of a probability.</summary>
    public required float MaxProbabilityDifference { get; init; }

    /// <summary>Greatest absolute difference of a map value; null where no image had a map of both.</summary>
    public required float? MaxMapDifference { get; init; }

    /// <summary>Images that only one of the two gave a map for.</summary>
    public required int MissingMaps { get; init; }

    /// <summary>Pearson's correlation of all logits; 1 where both are constant and equal, NaN where only one varies.</summary>
    public required double LogitCorrelation { get; init; }

    /// <summary>Images whose finding of the highest probability is another one, or that only one of the two withheld.</summary>
    public required int TopFlips { get; init; }

    /// <summary>Findings, counted over all images, that are positive with the one and negative with the other.</summary>
    public required int DecisionFlips { get; init; }

    /// <summary>Findings over all images that were compared.</summary>
    public required int Decisions { get; init; }

    /// <summary>Runs both classifiers over the same images, each in one call.</summary>
    /// <param name="first">One classifier.</param>
    /// <param name="second">The other; its findings have the same names in the same order.</param>
    /// <param name="images">Grey planes of any size, 1 or more.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">There are no images, or the classifiers score other findings.</exception>
    /// <exception cref="CxrModelException">One of the two failed, or their maps have other sizes.</exception>
    public static ModelParity Compare(ICxrClassifier first, ICxrClassifier second, IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(images);
        return Compare(first.Classify(images, cancellationToken), second.Classify(images, cancellationToken));
    }

    /// <summary>Compares results that are already there; see <see cref="ParityTally"/> for more of them than memory holds.</summary>
    /// <param name="first">The results of one classifier, 1 or more.</param>
    /// <param name="second">Those of the other, for the same images in the same order.</param>
    /// <exception cref="ArgumentException">The counts or the findings differ.</exception>
    /// <exception cref="CxrModelException">The maps have other sizes.</exception>
    public static ModelParity Compare(IReadOnlyList<CxrPrediction> first, IReadOnlyList<CxrPrediction> second)
    {
        ParityTally tally = new();
        tally.Add(first, second);
        return tally.ToParity();
    }

    /// <summary>What exceeds the tolerances, one phrase each; empty where nothing does.</summary>
    /// <param name="tolerances">What may differ how far.</param>
    public IReadOnlyList<string> Exceeding(ParityTolerances tolerances)
    {
        ArgumentNullException.ThrowIfNull(tolerances);
        return [.. tolerances.ExceededBy(this)];
    }

    /// <summary>Requires two models to agree: for an application's own tests.</summary>
    /// <param name="tolerances">What may differ how far; <see cref="ParityTolerances.SameWeights"/> where null.</param>
    /// <exception cref="CxrModelException">They differ by more; the message says in one line by how much, and what was allowed.</exception>
    public void Require(ParityTolerances? tolerances = null)
    {
        IReadOnlyList<string> exceeding = Exceeding(tolerances ?? ParityTolerances.SameWeights);
        if (exceeding.Count > 0)
        {
            throw new CxrModelException(SecondModel, $"'{FirstModel}' and '{SecondModel}' differ on {Images} images: {string.Join("; ", exceeding)}.");
        }
    }
}
