using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>One method on one image.</summary>
/// <param name="Seconds">All that making and judging the map took.</param>
/// <param name="Figures">As in <see cref="MapJudge.Metrics"/> and <see cref="EvalX.Metrics"/>.</param>
/// <param name="Insertion">The curve.</param>
/// <param name="Deletion">The curve.</param>
internal sealed record ComparedMap(double Seconds, IReadOnlyDictionary<string, double> Figures, CausalCurve? Insertion, CausalCurve? Deletion);
