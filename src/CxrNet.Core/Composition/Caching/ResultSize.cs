namespace CxrNet;

/// <summary>How many bytes a kept result takes: its arrays exactly, its objects by a round figure.</summary>
internal static class ResultSize
{
    // Objects, headers and the entry of the cache itself.
    private const int Fixed = 512;
    private const int PerFinding = 24;

    /// <summary>Null for a prediction that shows a picture of its image, which must not be kept.</summary>
    public static long? Of(CxrPrediction prediction) => prediction.Thumbnail.IsEmpty
        ? Fixed
            + (prediction.Findings.Count * (long)(PerFinding + sizeof(float)))
            + (prediction.Features.Length * (long)sizeof(float))
            + (sizeof(char) * prediction.Warnings.Sum(static w => (long)w.Length))
            + (prediction.Map is { } map ? Of(map) : 0)
        : null;

    public static long? Of(Heatmap map) => Fixed + (map.Values.Length * (long)sizeof(float));

    public static long? Of(LungMask mask) => Fixed + (mask.Probabilities.Length * (long)sizeof(float));
}
