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

    /// <summary>Age in years; null where the manifest does not say.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Sex as the manifest states it; empty where it does not.</summary>
    public string Sex { get; init; } = "";

    /// <summary>The age as a group: 0-17, 18-39, 40-64 or 65+ years; "paediatric" where only the notes say so; empty where nothing does.</summary>
    public string AgeGroup => AgeYears switch
    {
        < 18 => "0-17",
        < 40 => "18-39",
        < 65 => "40-64",
        >= 65 => "65+",
        _ => Notes.Contains("paediatric", StringComparison.Ordinal) ? "paediatric" : "",
    };

    /// <summary>The licence of the image; empty where the manifest does not say.</summary>
    public string License { get; init; } = "";

    /// <summary>Remarks, separated by semicolons; empty where there are none.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The lung mask's path, absolute, or null.</summary>
    public string? LungMask { get; init; }

    /// <summary>The path of a mask of the disease, absolute, or null.</summary>
    public string? LesionMask { get; init; }
}
