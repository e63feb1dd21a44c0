namespace CxrNet.Onnx.Quantization;

/// <summary>How a model is quantised. Immutable; the defaults suit an x86 CPU and a convolutional network.</summary>
public sealed record QuantizationOptions
{
    /// <summary>The defaults.</summary>
    public static QuantizationOptions Default { get; } = new();

    /// <summary>How ranges of activations are chosen; <see cref="CalibrationMethod.MinMax"/> by default.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MinMax;

    /// <summary>With <see cref="CalibrationMethod.Percentile"/>, the share of values other than zero that the range reaches up to, in per cent above 50 and up to 100; on both sides where values have both signs. 99.99 by default.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>The type of activations; <see cref="Quantization.ActivationType.UInt8"/> by default.</summary>
    public ActivationType ActivationType { get; init; } = ActivationType.UInt8;

    /// <summary>Whether weights keep to 7 bits, -63 to 63: needed on x86 CPUs older than VNNI, whose 16-bit sums saturate. False by default: a model may be made on one machine for others.</summary>
    public bool SevenBitWeights { get; init; }

    /// <summary>Whether this processor is one that needs <see cref="SevenBitWeights"/>: with full 8-bit weights its scores drift further from those of fp32.</summary>
    public static bool NeedsSevenBitWeights => CpuFeatures.SaturatesByteSums;

    /// <summary>Whether the layers that give the card's logits and map stay fp32: they cost next to nothing and an 8-bit result would be coarse. True by default.</summary>
    public bool KeepOutputLayers { get; init; } = true;

    /// <summary>Whether channels between linear layers are given like ranges first, which changes no number of the fp32 network and lets one scale serve all of them; it takes 16 calibration images or more, with fewer nothing is done. True by default.</summary>
    public bool EqualizesChannels { get; init; } = true;

    /// <summary>Operators that stay fp32, each by its name or the name of a tensor that it gives; one <c>*</c> at the end stands for anything. None by default.</summary>
    public IReadOnlyList<string> ExcludedNodes { get; init; } = [];

    /// <summary>Outputs of the model that stay as they are: everything that leads to one of them stays fp32. None by default.</summary>
    public IReadOnlyList<string> ExcludedOutputs { get; init; } = [];

    /// <summary>The card of a model that carries none; in place of its own where both are given. Null by default.</summary>
    public CxrModelCard? Card { get; init; }

    /// <summary>Where the calibration images come from, for the card; name no person. Empty by default.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>Threads of the calibration runs; 0 (the default) is one per physical core.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>The greatest integer of a weight.</summary>
    internal int WeightLimit => SevenBitWeights ? 63 : 127;

    internal void Validate()
    {
        if (!(Percentile is > 50 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(Percentile), Percentile, "A percentile above 50 and up to 100 was expected.");
        }

        ArgumentNullException.ThrowIfNull(ExcludedNodes);
        ArgumentNullException.ThrowIfNull(ExcludedOutputs);
        ArgumentOutOfRangeException.ThrowIfNegative(IntraOpThreads);
    }
}
