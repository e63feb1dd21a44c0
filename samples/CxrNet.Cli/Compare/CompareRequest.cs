namespace CxrNet.Cli;

/// <summary>What compare was asked for.</summary>
/// <param name="Backends">Two or more.</param>
/// <param name="Model">How all are run.</param>
internal sealed record CompareRequest(IReadOnlyList<BackendSpec> Backends, ModelChoice Model)
{
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>So many drawn chests in place of files; null for files.</summary>
    public int? Phantoms { get; init; }

    public string Split { get; init; } = "";

    public int Limit { get; init; }

    /// <summary>What each pair is held to; null to print alone.</summary>
    public ParityTolerances? Tolerances { get; init; }

    public bool Json { get; init; }
}
