namespace CxrNet;

/// <summary>Which finding a map explains. The default value is the finding of the highest probability, chosen for each image.</summary>
/// <param name="Finding">A finding's name as the card has it, or null for the top one.</param>
public readonly record struct ExplanationTarget(string? Finding)
{
    /// <summary>The finding of the highest probability of each image.</summary>
    public static ExplanationTarget Top => default;

    /// <summary>A finding by name.</summary>
    public static implicit operator ExplanationTarget(string? finding) => new(finding);

    /// <summary>A finding by name.</summary>
    public static ExplanationTarget FromString(string? finding) => new(finding);
}
