namespace CxrNet;

/// <summary>A map of RISE, and what it rests on.</summary>
/// <param name="Map">The map.</param>
/// <param name="Masks">Masks that were used: fewer than were asked for where the map had converged before.</param>
/// <param name="Reliability">What was reached of <see cref="RiseOptions.StopAtReliability"/>, 0 … 1: the correlation r of the maps of every other mask, as <c>2 r / (1 + r)</c>. Below what was asked for, the masks ran out first.</param>
public readonly record struct RiseEstimate(Heatmap Map, int Masks, double Reliability);
