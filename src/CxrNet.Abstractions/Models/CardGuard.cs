namespace CxrNet;

/// <summary>What the images of a model's training look like to it, so that others can be told from them.</summary>
/// <param name="Parts">Each gives a distance; the greatest, in units of its own threshold, decides.</param>
/// <param name="Provenance">The data of the statistics and of the thresholds.</param>
public sealed record CardGuard(IReadOnlyList<CardGuardPart> Parts, string Provenance);
