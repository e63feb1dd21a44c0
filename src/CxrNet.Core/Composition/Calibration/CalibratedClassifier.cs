namespace CxrNet;

/// <summary>Reads a classifier's logits by another card: temperature, thresholds, operating points and abstain level as a site refitted them.</summary>
/// <remarks>Works on any backend, since the logits are the same. Safe for concurrent use where the classifier is.</remarks>
public sealed class CalibratedClassifier : DelegatingClassifier
{
    private readonly RereadPrediction _reread;

    /// <summary>Puts a refitted card in the place of the classifier's own.</summary>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="card">Its card, refitted: the same id, findings and activation.</param>
    /// <exception cref="CxrModelException">It is another model's card, or contradicts itself.</exception>
    public CalibratedClassifier(ICxrClassifier classifier, CxrModelCard card)
        : base(classifier)
    {
        ArgumentNullException.ThrowIfNull(card);
        CxrModelCard own = classifier.Card;
        RequireSameModel(own, card);

        // What the network is fed and gives is no matter of calibration: decorators inside may have seen to a part of it.
        Card = card with { Input = own.Input, Outputs = own.Outputs, Guard = own.Guard, Network = own.Network };
        CxrModelCardCheck.Require(Card, CxrModelTask.Classification, card.Id);
        _reread = new RereadPrediction(own, Card);
    }

    /// <summary>The refitted card.</summary>
    public override CxrModelCard Card { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        IReadOnlyList<CxrPrediction> predictions = Inner.Classify(read, cancellationToken);
        return [.. predictions.Select((prediction, i) => _reread.Read(prediction, [.. prediction.Logits], read[i]))];
    }

    private static void RequireSameModel(CxrModelCard own, CxrModelCard card)
    {
        string found = Describe(card), expected = Describe(own);
        if (found != expected)
        {
            throw new CxrModelException(own.Id, $"The calibration is of {found}; {expected} was expected.");
        }

        if (own.WeightsSha256.Length > 0 && card.WeightsSha256.Length > 0 && !own.WeightsSha256.Equals(card.WeightsSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new CxrModelException(own.Id, $"The calibration of '{own.Id}' was made with other weights: SHA-256 {card.WeightsSha256}, {own.WeightsSha256} was expected.");
        }
    }

    private static string Describe(CxrModelCard card) =>
        $"'{card.Id}' ({card.Activation} over {string.Join(", ", card.Findings.Select(static f => f.IsTrained ? f.Name : "(untrained)"))})";
}
