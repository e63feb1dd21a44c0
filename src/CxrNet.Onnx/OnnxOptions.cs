namespace CxrNet.Onnx;

/// <summary>How a model is loaded into ONNX Runtime. Immutable; the defaults are right for a CPU server.</summary>
public sealed record OnnxOptions
{
    /// <summary>One thread per physical core, on the CPU.</summary>
    public static OnnxOptions Default { get; } = new();

    /// <summary>What runs the model; the processor by default. One that is not there is an error that names the package to add, never a silent fall back.</summary>
    public OnnxProvider Provider { get; init; }

    /// <summary>Which card of the provider's, from 0 (the default). Not looked at by the providers that choose themselves: the processor, OpenVINO, CoreML, XNNPACK.</summary>
    public int Device { get; init; }

    /// <summary>The provider's own options by the names of its documentation, for example <c>trt_fp16_enable</c> or OpenVINO's <c>device_type</c>; empty by default. CPU and DirectML have none.</summary>
    public IReadOnlyDictionary<string, string> ProviderOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the processor may take the place of a provider that cannot be used: then <see cref="OnnxClassifier.Provider"/> and <see cref="OnnxClassifier.FallbackReason"/> say so, and each prediction warns of it. False by default.</summary>
    public bool AllowCpuFallback { get; init; }

    /// <summary>Threads that share one forward pass; 0 (the default) is one per physical core.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Whether the model runs on the threads of <see cref="OnnxSharedThreads"/> instead of threads of its own, so that many models do not crowd the processor. False by default.</summary>
    public bool UseSharedThreads { get; init; }

    /// <summary>Whether threads spin between operations: a little faster alone, much slower where other work wants the same cores. False by default.</summary>
    public bool AllowSpinning { get; init; }

    /// <summary>Most images in one forward pass; a longer list is run in parts. 16 by default, which bounds the memory for activations.</summary>
    public int MaxBatch { get; init; } = 16;

    /// <summary>The only batch sizes that the engine sees, ascending, none above <see cref="MaxBatch"/>: a smaller batch is filled up with zeros to the next of them. Empty (the default) runs each size as it comes, which is right on a CPU; a graphics card or TensorRT tunes itself anew for each size.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [];

    /// <summary>Whether loading runs each of <see cref="BatchSizes"/> once, or one image and <see cref="MaxBatch"/> where there are none, so that the first call is as fast as the next. False by default: loading runs one image in any case.</summary>
    public bool WarmUp { get; init; }

    /// <summary>How far the graph is rewritten; <see cref="OnnxGraphOptimization.All"/> by default.</summary>
    public OnnxGraphOptimization GraphOptimization { get; init; }

    /// <summary>A folder that keeps optimised graphs from one start to the next, made where it is not there; null (the default) for none. For models on the processor whose weights are in the one file. Only the application should be able to write there: what lies in it is run.</summary>
    public string? OptimizedModelFolder { get; init; }

    /// <summary>Whether sessions of the same model in one process keep its weights once: for many models on threads of their own. Costs an optimised copy of the model while it is loaded. For models on the processor whose weights are in the one file. False by default.</summary>
    public bool ShareWeights { get; init; }

    /// <summary>Whether a classifier reads the network's own map. Without it nothing of the map is copied and <see cref="CxrPrediction.Map"/> is null: a map of 192 x 192 is 147 KB of each result. True by default.</summary>
    public bool ReadMap { get; init; } = true;

    /// <summary>Whether predictions carry the network's pooled features, where its card names that output: what the statistics of an input guard are fitted on. False by default.</summary>
    public bool KeepFeatures { get; init; }

    /// <summary>The card of a model that carries none; in place of the file's own where both are given. Null by default.</summary>
    public CxrModelCard? Card { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(IntraOpThreads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatch);
        ArgumentOutOfRangeException.ThrowIfNegative(Device);
        ArgumentNullException.ThrowIfNull(ProviderOptions);
        ArgumentNullException.ThrowIfNull(BatchSizes);
        if (!Enum.IsDefined(Provider) || !Enum.IsDefined(GraphOptimization))
        {
            throw new ArgumentException($"{nameof(Provider)} is {Provider} and {nameof(GraphOptimization)} {GraphOptimization}; values of their types were expected.", nameof(Provider));
        }

        if (ProviderOptions.Count > 0 && Provider is OnnxProvider.Cpu or OnnxProvider.DirectMl)
        {
            throw new ArgumentException($"{nameof(ProviderOptions)} has {string.Join(", ", ProviderOptions.Keys)}; {Provider} has no options.", nameof(ProviderOptions));
        }

        for (int i = 0; i < BatchSizes.Count; i++)
        {
            if (BatchSizes[i] < 1 || BatchSizes[i] > MaxBatch || (i > 0 && BatchSizes[i] <= BatchSizes[i - 1]))
            {
                throw new ArgumentException($"{nameof(BatchSizes)} is {string.Join(", ", BatchSizes)}; ascending numbers from 1 to {nameof(MaxBatch)} = {MaxBatch} were expected.", nameof(BatchSizes));
            }
        }
    }
}
