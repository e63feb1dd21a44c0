namespace CxrNet.Evaluation;

/// <summary>All figures that tables know, in their order.</summary>
internal static class MapMetrics
{
    public static IReadOnlyList<MapMetric> All { get; } = [.. MapJudge.Metrics, .. EvalX.Metrics];
}
