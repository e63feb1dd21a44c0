namespace CxrNet;

/// <summary>What all methods have in common that change the input and watch the score. Immutable.</summary>
public record PerturbationOptions
{
    /// <summary>Inputs that are made and scored together; 16 by default. It bounds the memory, and changes no map by more than rounding.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The number that is watched; each method has its own default.</summary>
    public ExplainedScore Score { get; init; }

    /// <summary>What takes the place of what is taken away; the image's mean by default.</summary>
    public PerturbationReference Reference { get; init; }

    /// <summary>Told after each batch, on the thread of the call; null (the default) for nobody.</summary>
    public IProgress<ExplanationProgress>? Progress { get; init; }

    internal virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Enum.IsDefined(Score), true, nameof(Score));
        ArgumentOutOfRangeException.ThrowIfNotEqual(Enum.IsDefined(Reference), true, nameof(Reference));
    }
}
