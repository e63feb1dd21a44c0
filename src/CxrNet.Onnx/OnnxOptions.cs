namespace CxrNet.Onnx;

/// <summary>How a model is loaded into ONNX Runtime. Immutable; the defaults are right for a CPU server.</summary>
public sealed record OnnxOptions
{
    /// <summary>One thread per physical core, on the CPU.</summary>
    public static OnnxOptions Default { get; } = new();

    /// <summary>Threads that share one forward pass; 0 (the default) is one per physical core.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>CUDA device index, or null to run on the CPU (the default). A device that is not there is an error, never a silent fall back.</summary>
    public int? CudaDevice { get; init; }

    /// <summary>Most images in one forward pass; a longer list is run in parts. 16 by default, which bounds the memory for activations.</summary>
    public int MaxBatch { get; init; } = 16;

    /// <summary>Whether threads spin between operations: a little faster alone, much slower where other work wants the same cores. False by default.</summary>
    public bool AllowSpinning { get; init; }

    /// <summary>Whether predictions carry the network's pooled features, where its card names that output: what the statistics of an input guard are fitted on. False by default.</summary>
    public bool KeepFeatures { get; init; }

    /// <summary>The card of a model that carries none; in place of the file's own where both are given. Null by default.</summary>
    public CxrModelCard? Card { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(IntraOpThreads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatch);
        if (CudaDevice is { } device)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(device, nameof(CudaDevice));
        }
    }
}
