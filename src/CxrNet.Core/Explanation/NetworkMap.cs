namespace CxrNet;

/// <summary>The network's own explanation: the map that the same forward pass gives with the scores.</summary>
/// <remarks>The map is the evidence that the network read its whole answer from, so it is the same for every finding. Safe for concurrent use where the classifier is.</remarks>
public sealed class NetworkMap : IExplanationMap
{
    private readonly ICxrClassifier _classifier;

    /// <summary>Explains a classifier whose network has a map.</summary>
    /// <param name="classifier">It stays the caller's: disposing of this map does not dispose of it.</param>
    /// <exception cref="CxrModelException">The model's card lists no map.</exception>
    public NetworkMap(ICxrClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        if (classifier.Card.Outputs.Map is null)
        {
            throw new CxrModelException(classifier.Card.Id, $"'{classifier.Card.Id}' has no map of its own: its card lists no output for it. Use another explanation method.");
        }

        _classifier = classifier;
    }

    /// <inheritdoc/>
    public string Method => Heatmap.OwnMap;

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        CxrModelCard card = _classifier.Card;
        TargetFinding.IndexOf(card, target);
        IReadOnlyList<CxrPrediction> predictions = _classifier.Classify(images, cancellationToken);
        Heatmap[] maps = new Heatmap[predictions.Count];
        for (int i = 0; i < maps.Length; i++)
        {
            maps[i] = predictions[i].Map ?? throw new CxrModelException(card.Id, predictions[i].IsWithheld
                ? $"Image {i} has no map: the findings of '{card.Id}' were withheld from it. {(predictions[i].Warnings is [.., string reason] ? reason : "")}"
                : $"'{card.Id}' lists the map '{card.Outputs.Map}' on its card, but prediction {i} came without one.");
        }

        return maps;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
