namespace CxrNet.Evaluation;

/// <summary>How deletion and insertion curves are drawn.</summary>
public sealed record CausalOptions
{
    /// <summary>Pixels changed per step; the image's width where null (the default, as in RISE).</summary>
    public int? PixelsPerStep { get; init; }

    /// <summary>What takes the place of removed pixels; null (the default) for the image's mean in deletion and RISE's blur in insertion.</summary>
    public Func<GrayImage, GrayImage>? Reference { get; init; }

    /// <summary>Images per call of the score; 32 by default.</summary>
    public int BatchSize { get; init; } = 32;
}
