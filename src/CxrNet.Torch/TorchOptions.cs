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

    /// <summary>The only batch sizes that libtorch sees, ascending, none above <see cref="MaxBatch"/>: a smaller batch is filled up with zeros to the next of them, a longer list is run in parts of the last. Empty (the default) runs each size as it comes, which is right on a CPU; cuDNN tunes itself anew for each size.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [];

    /// <summary>Whether loading runs each of <see cref="BatchSizes"/> once, or one image and <see cref="MaxBatch"/> where there are none, so that the first call is as fast as the next. False by default.</summary>
    public bool WarmUp { get; init; }

    /// <summary>Whether a classifier reads the network's own map. Without it nothing of the map is copied and <see cref="CxrPrediction.Map"/> is null: a map of 192 x 192 is 147 KB of each result. True by default.</summary>
    public bool ReadMap { get; init; } = true;

    /// <summary>The card of a model that carries none; in place of the file's own where both are given. Null by default.</summary>
    public CxrModelCard? Card { get; init; }

    /// <summary>Whether predictions carry the network's pooled features, where its card names that output: what the statistics of an input guard are fitted on. False by default.</summary>
    public bool KeepFeatures { get; init; }

    /// <summary>Keeps freed memory in the process (glibc's malloc, set once for the whole process): forward passes are several times faster where activations are large. False by default, since it is the application's memory.</summary>
    public bool KeepFreedMemory { get; init; }

    /// <summary>The batch size that so many images are run as.</summary>
    internal int BatchFor(int count) => BatchSizes.FirstOrDefault(size => size >= count, count);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatch);
        ArgumentNullException.ThrowIfNull(BatchSizes);
        for (int i = 0; i < BatchSizes.Count; i++)
        {
            if (BatchSizes[i] < 1 || BatchSizes[i] > MaxBatch || (i > 0 && BatchSizes[i] <= BatchSizes[i - 1]))
            {
                throw new ArgumentException($"{nameof(BatchSizes)} is {string.Join(", ", BatchSizes)}; ascending numbers from 1 to {nameof(MaxBatch)} = {MaxBatch} were expected.", nameof(BatchSizes));
            }
        }

        if (CudaDevice is { } device)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(device, nameof(CudaDevice));
        }
    }
}
