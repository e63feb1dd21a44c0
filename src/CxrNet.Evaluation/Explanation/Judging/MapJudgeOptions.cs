namespace CxrNet.Evaluation;

/// <summary>How maps are judged. Immutable.</summary>
public sealed record MapJudgeOptions
{
    /// <summary>Steps of the insertion and deletion curves; 48 by default. Each costs a forward pass for each map.</summary>
    public int Steps { get; init; } = 48;

    /// <summary>What deletion leaves behind; null (the default) for the mean of the network's input.</summary>
    public Func<GrayImage, GrayImage>? DeletionReference { get; init; }

    /// <summary>What insertion starts from; null (the default) for RISE's blur.</summary>
    public Func<GrayImage, GrayImage>? InsertionReference { get; init; }

    /// <summary>Noisy copies for infidelity; 16 by default, 0 to leave it out.</summary>
    public int InfidelitySamples { get; init; } = 16;

    /// <summary>The noise's standard deviation for infidelity as a share of that of the network's input, above 0; 0.2 by default. A share, so that the figure means the same for grey levels of 0 … 1 and for an input of -1024 … 1024.</summary>
    public double InfidelityNoise { get; init; } = 0.2;

    /// <summary>Noisy copies that are explained anew for max-sensitivity; 0 (the default) leaves it out, since it costs as many explanations and one more.</summary>
    public int SensitivitySamples { get; init; }

    /// <summary>Whether the map is made a second time and compared with the first; false by default.</summary>
    public bool Repeat { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Steps);
        ArgumentOutOfRangeException.ThrowIfNegative(InfidelitySamples);
        ArgumentOutOfRangeException.ThrowIfNegative(SensitivitySamples);
        if (!(InfidelityNoise > 0 && double.IsFinite(InfidelityNoise)))
        {
            throw new ArgumentOutOfRangeException(nameof(InfidelityNoise), InfidelityNoise, $"Noise of {InfidelityNoise} given, a finite share above 0 expected.");
        }
    }
}
