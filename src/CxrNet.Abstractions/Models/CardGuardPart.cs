namespace CxrNet;

/// <summary>Gaussians over one vector of numbers, one for each group of images, with a covariance that they share but for its size: full variance along its principal directions, one common variance along all others.</summary>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="Start">The first number that is used.</param>
/// <param name="Length">How many are used.</param>
/// <param name="Groups">How many Gaussians of wanted images there are; the nearest decides.</param>
/// <param name="Others">How many Gaussians of unwanted images follow, for example of turned radiographs; 0 for none.</param>
/// <param name="Components">How many principal directions there are.</param>
/// <param name="Threshold">A distance above it is unlike the training's images.</param>
/// <param name="RatioThreshold">So is an image whose distance, divided by that to the nearest unwanted Gaussian, is above it; not looked at where there is none.</param>
/// <param name="Statistics">Base64 of little-endian half-precision numbers: means [Groups + Others, Length], 1 / standard deviation [Length], directions [Components, Length] in the standardised space, standard deviations along them [Components], the common standard deviation [1], the size of each group in distances [Groups].</param>
public sealed record CardGuardPart(CardGuardSource Source, int Start, int Length, int Groups, int Others, int Components, float Threshold, float RatioThreshold, string Statistics);
