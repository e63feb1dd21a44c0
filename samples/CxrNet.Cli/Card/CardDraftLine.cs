namespace CxrNet.Cli;

/// <summary>A card that was drafted: where, which of its fields are guesses, and how each was found.</summary>
internal sealed record CardDraftLine(string File, IReadOnlyList<string> Guesses, IReadOnlyList<string> Remarks);
