namespace CxrNet;

/// <summary>What a model says of one radiograph. A research result, not a diagnosis.</summary>
/// <remarks>Immutable; owns its memory.</remarks>
public sealed record CxrPrediction
{
    /// <summary>The id of the model's card.</summary>
    public required string ModelId { get; init; }

    /// <summary>The findings in card order; untrained outputs of a model are left out. Empty where they were withheld, see <see cref="IsWithheld"/>.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The logits in the order of <see cref="Findings"/>, before temperature and softmax or sigmoid.</summary>
    public required IReadOnlyList<float> Logits { get; init; }

    /// <summary>The network's own explanation map from the same forward pass, at the network's resolution; null where the model has none. A map without a name gets the name <c>network</c> here.</summary>
    public Heatmap? Map
    {
        get;

        // Whoever writes a backend may leave the name out; as the network's own map it keeps its floor (HeatmapEvidence).
        init => field = value?.Named(Heatmap.OwnMap);
    }

    /// <summary>The findings that cannot be excluded at the card's level, in card order; null where the card was not calibrated for that. Anything but exactly one means that the model does not know.</summary>
    public IReadOnlyList<string>? PredictionSet { get; init; }

    /// <summary>How far the image lies from those that the model was made with, in units of the card's limit: above 1 it is hardly a frontal chest radiograph. Null where the card has no guard.</summary>
    public float? Distance { get; init; }

    /// <summary>Whether <see cref="Distance"/> is beyond its limit.</summary>
    public bool IsUnlike => Distance > 1;

    /// <summary>Whether an input guard or a pipeline withheld the findings: the warnings say why.</summary>
    public bool IsWithheld => Findings.Count == 0;

    /// <summary>Whether nothing should be concluded: the findings were withheld, the image is unlike the training's, or not exactly one finding is left.</summary>
    public bool IsUndecided => IsWithheld || IsUnlike || PredictionSet is { Count: not 1 };

    /// <summary>The network's pooled features, [c]; empty unless the loader was asked to keep them.</summary>
    public ReadOnlyMemory<float> Features { get; init; }

    /// <summary>The network's input averaged down to 16 x 16, row-major; empty unless the loader was asked to keep features.</summary>
    public ReadOnlyMemory<float> Thumbnail { get; init; }

    /// <summary>What the reader should know before trusting the result, for example a lateral view; empty where there is nothing to say.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How long the stages of the call took.</summary>
    public StageTimings Timings { get; init; }

    /// <summary>The finding of the highest probability, of equal ones (two that are rounded to 1) that of the highest logit; the first of equals.</summary>
    /// <exception cref="InvalidOperationException">The findings were withheld.</exception>
    public Finding Top
    {
        get
        {
            int top = IsWithheld
                ? throw new InvalidOperationException($"The findings of '{ModelId}' were withheld: {(Warnings.Count > 0 ? string.Join(" ", Warnings) : $"the image is unlike those that it was made with (distance {Distance}, the limit is 1).")}")
                : 0;
            for (int i = 1; i < Findings.Count; i++)
            {
                float lead = Findings[i].Probability - Findings[top].Probability;
                if (lead > 0 || (lead == 0 && Logits.Count == Findings.Count && Logits[i] > Logits[top]))
                {
                    top = i;
                }
            }

            return Findings[top];
        }
    }
}
