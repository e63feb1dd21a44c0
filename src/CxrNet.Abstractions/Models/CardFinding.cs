namespace CxrNet;

/// <summary>One output of a classifier.</summary>
/// <param name="Name">For example <c>covid19</c>; empty for an output that was never trained, which is never shown as a score.</param>
/// <param name="Threshold">The operating point in use.</param>
public sealed record CardFinding(string Name, float Threshold = 0.5f)
{
    /// <summary>Where the threshold comes from, for example "Youden on val"; empty for the plain default.</summary>
    public string ThresholdProvenance { get; init; } = "";

    /// <summary>Further thresholds to choose from, each with its provenance; empty where none was fitted.</summary>
    public IReadOnlyList<CardOperatingPoint> OperatingPoints { get; init; } = [];

    /// <summary>Whether the output was trained.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTrained => Name.Length > 0;

    /// <summary>Equal by value, the operating points included.</summary>
    public bool Equals(CardFinding? other) =>
        other is not null && Name == other.Name && Threshold.Equals(other.Threshold) && ThresholdProvenance == other.ThresholdProvenance && OperatingPoints.SequenceEqual(other.OperatingPoints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Threshold, ThresholdProvenance, OperatingPoints.Count);
}
