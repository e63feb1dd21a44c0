namespace CxrNet;

/// <summary>A model file as configuration names it. Settable, since that is how configuration is bound.</summary>
public sealed class ModelFileOptions
{
    /// <summary>The model file; required.</summary>
    public string Path { get; set; } = "";

    /// <summary>A refitted card, as <c>cxrnet calibrate</c> writes it, by which a classifier is read (<see cref="ClassifierComposition.WithCalibration"/>); the model's own where null (the default).</summary>
    public string? Card { get; set; }

    /// <summary>Threads of the engine, 0 for its own choice (the default).</summary>
    public int Threads { get; set; }

    /// <summary>Most images in one forward pass, 1 or more; 16 by default.</summary>
    public int MaxBatch { get; set; } = 16;

    /// <summary>How a classifier's concurrent calls are put together (<see cref="ClassifierComposition.WithMicroBatching"/>); each call is run by itself where null (the default).</summary>
    public MicroBatchOptions? MicroBatching { get; set; }
}
