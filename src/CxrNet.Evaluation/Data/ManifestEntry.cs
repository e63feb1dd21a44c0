namespace CxrNet.Evaluation;

/// <summary>One row of an image manifest.</summary>
/// <param name="File">The image's path, absolute.</param>
/// <param name="Label">The finding, as the card names it.</param>
/// <param name="Split">For example <c>train</c>, <c>val</c>, <c>test</c>, <c>external</c>.</param>
public sealed record ManifestEntry(string File, string Label, string Split)
{
    /// <summary>Where the image comes from; empty where the manifest does not say.</summary>
    public string Source { get; init; } = "";

    /// <summary>Images of one patient share it; empty where the manifest does not say.</summary>
    public string PatientGroup { get; init; } = "";

    /// <summary>The view as the manifest states it; empty where it does not.</summary>
    public string View { get; init; } = "";

    /// <summary>The licence of the image; empty where the manifest does not say.</summary>
    public string License { get; init; } = "";

    /// <summary>Remarks, separated by semicolons; empty where there are none.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The lung mask's path, absolute, or null.</summary>
    public string? LungMask { get; init; }
}
