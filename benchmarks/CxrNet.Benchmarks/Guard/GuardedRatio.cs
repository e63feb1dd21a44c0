namespace CxrNet.Benchmarks.Guard;

/// <summary>A ratio that must not grow: the library's time over that of a yardstick measured beside it.</summary>
/// <param name="Name">Its key in the file of ratios.</param>
/// <param name="MarginPercent">How far beyond the kept ratio is still noise.</param>
/// <param name="Measure">Times both in turn.</param>
internal sealed record GuardedRatio(string Name, double MarginPercent, Func<double> Measure);
