namespace CxrNet.Benchmarks.Measuring;

/// <summary>A ratio of two times over rounds.</summary>
/// <param name="Median">The median of the rounds.</param>
/// <param name="Low">Their lower quartile.</param>
/// <param name="High">Their upper quartile.</param>
/// <param name="Rounds">How many.</param>
internal readonly record struct Ratio(double Median, double Low, double High, int Rounds);
