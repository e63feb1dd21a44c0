namespace CxrNet.Torch;

/// <summary>How a model is loaded into libtorch. Immutable.</summary>
public sealed record TorchOptions
{
    /// <summary>The CPU, with libtorch's own choice of threads.</summary>
    public static TorchOptions Default { get; } = new();

    /// <summary>Threads of libtorch's operators, for the whole process; 0 (the default) leaves them as they are.</summary>
    public int Threads { get; init; }

    /// <summary>CUDA device index, or null to run on the CPU (the default). A device that is not there is an error, never a silent fall back.</summary>
    public int? CudaDevice { get; init; }

    /// <summary>Most images in one forward pass; a longer list is run in parts. 16 by default, which bounds the memory for activations.</summary>
    public int MaxBatch { get; init; } = 16;

    /// <summary>Whether predictions carry the network's pooled features, where its card names that output: what the statistics of an input guard are fitted on. False by default.</summary>
    public bool KeepFeatures { get; init; }

    /// <summary>Keeps freed memory in the process (glibc's malloc, set once for the whole process): forward passes are several times faster where activations are large. False by default, since it is the application's memory.</summary>
    public bool KeepFreedMemory { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatch);
        if (CudaDevice is { } device)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(device, nameof(CudaDevice));
        }
    }
}
