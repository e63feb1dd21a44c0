namespace CxrNet;

/// <summary>Which images a guard lets through. Immutable.</summary>
public sealed record GuardOptions
{
    /// <summary>All checks, at limits that a radiograph passes.</summary>
    public static GuardOptions Default { get; } = new();

    /// <summary>Whether findings are withheld where the image is beyond the limit of the card's guard (<see cref="CxrPrediction.IsUnlike"/>); true by default. The model's card must have a guard.</summary>
    public bool Unlike { get; init; } = true;

    /// <summary>Whether images whose header says that the view is lateral or oblique are withheld; true by default.</summary>
    public bool OtherViews { get; init; } = true;

    /// <summary>The shortest side in pixels; 64 by default, below which a chest is a thumbnail.</summary>
    public int MinSide { get; init; } = 64;

    /// <summary>The smallest difference between the brightest and the darkest pixel, on a scale of 0 … 1; 0.05 by default: less is an empty image.</summary>
    public float MinRange { get; init; } = 0.05f;
}
