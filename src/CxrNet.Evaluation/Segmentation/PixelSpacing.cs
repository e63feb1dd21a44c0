namespace CxrNet.Evaluation;

/// <summary>The distance between neighbouring pixel centres, for example in millimetres; 1 x 1 gives distances in pixels.</summary>
/// <param name="Row">From one row to the next, above 0.</param>
/// <param name="Column">From one column to the next, above 0.</param>
public readonly record struct PixelSpacing(double Row, double Column)
{
    /// <summary>One pixel.</summary>
    public static PixelSpacing Pixels => new(1, 1);
}
