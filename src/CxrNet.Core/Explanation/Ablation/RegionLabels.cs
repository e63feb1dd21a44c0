namespace CxrNet;

/// <summary>Cuts what the network sees into regions that are taken away as a whole.</summary>
/// <param name="seen">The image at the network's resolution, 0 = black, 1 = white.</param>
/// <returns>For each pixel the number of its region, from 0 on without gaps; negative for pixels that are never taken away.</returns>
public delegate int[] RegionLabels(GrayImage seen);
