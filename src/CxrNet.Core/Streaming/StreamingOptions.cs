using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxrNet;

/// <summary>How much a stream of images may do and hold at once. Immutable.</summary>
public sealed record StreamingOptions
{
    /// <summary>One call of the network and one spare, half of the processors decoding, at most 32 images and 256 MiB of planes.</summary>
    public static StreamingOptions Default { get; } = new();

    /// <summary>Most images in one call of the network, 1 or more; 8 by default. A batch is what is ready when its turn comes: nothing waits for it to fill.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>Batches under way at the same time, 1 or more; 2 by default, so that one is prepared while the other runs.</summary>
    public int ConcurrentBatches { get; init; } = 2;

    /// <summary>Files that are read and decoded at the same time, 1 or more; half of the processors by default.</summary>
    public int Decoders { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Most images between the source and the consumer, the one that the consumer looks at included, 1 or more; 32 by default. Beyond it the source is not asked for the next.</summary>
    public int MaxInFlight { get; init; } = 32;

    /// <summary>Most bytes of decoded planes between the source and the consumer, 1 or more; 256 MiB by default. What a file needs is known only once it is decoded: each decoder may go beyond it by one image.</summary>
    public long MaxBytesInFlight { get; init; } = 256L << 20;

    /// <summary>Whether results carry the decoded image; false by default, which frees it as soon as it is scored.</summary>
    public bool KeepImages { get; init; }

    /// <summary>What may be spent on one file; <see cref="DecodeLimits.Default"/> by default.</summary>
    // A copy: configuration is bound by writing into the value that is there.
    public DecodeLimits Limits { get; init; } = DecodeLimits.Default with { };

    /// <summary>Where a stream says how it went: counts, times and kinds of error, never a file's name. Nowhere by default.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What is wrong with these numbers, a sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        (string Name, long Value)[] counts = [(nameof(MaxBatch), MaxBatch), (nameof(ConcurrentBatches), ConcurrentBatches), (nameof(Decoders), Decoders), (nameof(MaxInFlight), MaxInFlight), (nameof(MaxBytesInFlight), MaxBytesInFlight)];
        return counts.Where(static c => c.Value < 1).Select(static c => $"{c.Name} is {c.Value}; 1 or more was expected.");
    }

    internal StreamingOptions Checked() => Problems().FirstOrDefault() is { } problem ? throw new ArgumentException(problem, "options") : this;
}
