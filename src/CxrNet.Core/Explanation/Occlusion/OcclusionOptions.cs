namespace CxrNet;

/// <summary>How a square is moved over the image. Immutable.</summary>
public sealed record OcclusionOptions : PerturbationOptions
{
    /// <summary>Side of the square in pixels of the network's input; an eighth of the input's longer side where null (the default).</summary>
    public int? Window { get; init; }

    /// <summary>How far the square moves each time; half its side where null (the default).</summary>
    public int? Stride { get; init; }

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Window ?? 1, nameof(Window));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Stride ?? 1, nameof(Stride));
    }
}
