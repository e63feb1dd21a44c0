namespace CxrNet;

/// <summary>How grey levels 0 … 1 become the network's numbers, after resizing.</summary>
public sealed record InputNormalization
{
    /// <summary>Grey levels as they are.</summary>
    public static InputNormalization UnitRange { get; } = new();

    /// <summary>Each image has mean 0 and standard deviation 1 over the network's input.</summary>
    public static InputNormalization PerImage { get; } = new() { Kind = NormalizationKind.PerImage };

    /// <summary>What is computed.</summary>
    public NormalizationKind Kind { get; init; }

    /// <summary>Range: black becomes this; 0 by default.</summary>
    public float Min { get; init; }

    /// <summary>Range: white becomes this; 1 by default.</summary>
    public float Max { get; init; } = 1;

    /// <summary>MeanStd: subtracted, one per channel.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>MeanStd: divided by, one per channel.</summary>
    public IReadOnlyList<float> Std { get; init; } = [];
}
