namespace CxrNet.Cli.Commands;

/// <summary>What compare-maps was asked for.</summary>
internal sealed record CompareMapsRequest
{
    public required ModelChoice Model { get; init; }

    public string? Manifest { get; init; }

    public required string Split { get; init; }

    public required int Limit { get; init; }

    public int? Phantoms { get; init; }

    public required string Methods { get; init; }

    public string? Target { get; init; }

    public required string Folder { get; init; }

    public required int Pictures { get; init; }

    public required int Steps { get; init; }

    public required bool Steady { get; init; }

    public string? Lungs { get; init; }

    public required int Masks { get; init; }

    public required ulong Seed { get; init; }
}
