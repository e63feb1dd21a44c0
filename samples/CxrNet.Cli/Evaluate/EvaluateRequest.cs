namespace CxrNet.Cli;

/// <summary>What is measured, and where the results go.</summary>
/// <param name="Manifest">A CSV of labelled images.</param>
/// <param name="Split">Which rows.</param>
internal sealed record EvaluateRequest(string Manifest, string Split)
{
    public bool Json { get; init; }

    /// <summary>A folder for the report as a page, or null.</summary>
    public string? HtmlFolder { get; init; }

    /// <summary>A file for the logits, or null.</summary>
    public string? ScoresFile { get; init; }

    /// <summary>A card that the figures go into, or null.</summary>
    public string? Record { get; init; }

    /// <summary>How many views of each image are scored.</summary>
    public int Views { get; init; } = 1;
}
