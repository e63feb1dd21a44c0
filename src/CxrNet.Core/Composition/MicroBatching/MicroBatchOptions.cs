namespace CxrNet;

/// <summary>How calls that come at the same time are put together. Immutable.</summary>
public sealed record MicroBatchOptions
{
    /// <summary>Up to 8 images, at most 2 ms of waiting for company, one batch at a time.</summary>
    public static MicroBatchOptions Default { get; } = new();

    /// <summary>Most images in one batch, 1 or more; 8 by default.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>How long the first image of a batch may wait for company while nothing else is under way, 0 to 1 minute; 2 ms by default. With 0 only what came while the batch before was running is put together. The clock of the system is a millisecond coarse, on Windows up to 16.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Batches under way at the same time, each on a thread of its own, 1 or more; 1 by default.</summary>
    public int ConcurrentBatches { get; init; } = 1;

    /// <summary>What is wrong with these numbers, a sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (MaxBatch < 1)
        {
            yield return $"{nameof(MaxBatch)} is {MaxBatch}; 1 or more was expected.";
        }

        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromMinutes(1))
        {
            yield return $"{nameof(MaxDelay)} is {MaxDelay}; 0 to 1 minute was expected.";
        }

        if (ConcurrentBatches < 1)
        {
            yield return $"{nameof(ConcurrentBatches)} is {ConcurrentBatches}; 1 or more was expected.";
        }
    }

    internal MicroBatchOptions Checked() => Problems().FirstOrDefault() is { } problem ? throw new ArgumentException(problem, "options") : this;
}
