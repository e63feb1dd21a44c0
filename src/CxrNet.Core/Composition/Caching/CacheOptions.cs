namespace CxrNet;

/// <summary>How much a cache may keep. Immutable; whichever limit is reached first makes room by dropping what was not asked for longest.</summary>
public sealed record CacheOptions
{
    /// <summary>1,024 results, 64 MiB.</summary>
    public static CacheOptions Default { get; } = new();

    /// <summary>Most results, 1 or more; 1,024 by default.</summary>
    public int MaxEntries { get; init; } = 1024;

    /// <summary>Most bytes of all results together, 1 or more; 64 MiB by default. A result that is larger alone is not kept.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    internal CacheOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEntries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes);
        return this;
    }
}
