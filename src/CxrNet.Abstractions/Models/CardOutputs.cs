using System.Text.Json.Serialization;

namespace CxrNet;

/// <summary>The names of a model file's outputs.</summary>
public sealed record CardOutputs
{
    /// <summary>Classifier: [n, findings]; null for a segmenter. Written as null too, since a card that leaves it out means <c>logits</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Logits { get; init; } = "logits";

    /// <summary>The network's own explanation, [n, 1, h, w], 0 … 1; null where it has none. For a segmenter the lung probability.</summary>
    public string? Map { get; init; }

    /// <summary>The last feature planes, [n, c, h, w], for class activation maps; null where they are not exported.</summary>
    public string? Features { get; init; }

    /// <summary>Feature planes averaged over their rows and columns, [n, c], for the input guard; null where they are not exported.</summary>
    public string? Pooled { get; init; }
}
