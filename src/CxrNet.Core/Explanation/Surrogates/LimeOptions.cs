namespace CxrNet;

/// <summary>How LIME weighs and fits. Immutable.</summary>
public sealed record LimeOptions : SurrogateOptions
{
    /// <summary>The width of the kernel over the cosine distance; 0.25 by default, as LIME has it for images.</summary>
    public double KernelWidth { get; init; } = 0.25;

    /// <summary>The ridge penalty; 1 by default, as LIME has it.</summary>
    public double Ridge { get; init; } = 1;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(KernelWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(Ridge);
    }
}
