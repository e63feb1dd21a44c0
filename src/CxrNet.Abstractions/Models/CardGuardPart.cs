namespace CxrNet;

/// <summary>Gaussians over one vector of numbers, one for each group of images, with a covariance that they share but for its size: full variance along its principal directions, one common variance along all others.</summary>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="Start">The first number that is used.</param>
/// <param name="Length">How many are used.</param>
/// <param name="Groups">How many Gaussians there are; the nearest decides.</param>
/// <param name="Components">How many principal directions there are.</param>
/// <param name="Threshold">A distance above it is unlike the training's images.</param>
/// <param name="Statistics">Base64 of little-endian half-precision numbers: means [Groups, Length], 1 / standard deviation [Length], directions [Components, Length] in the standardised space, standard deviations along them [Components], the common standard deviation [1], the size of each group in distances [Groups].</param>
public sealed record CardGuardPart(CardGuardSource Source, int Start, int Length, int Groups, int Components, float Threshold, string Statistics);
