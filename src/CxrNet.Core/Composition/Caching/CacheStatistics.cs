namespace CxrNet;

/// <summary>What a cache did so far, and what it holds.</summary>
/// <param name="Hits">Images whose result was there.</param>
/// <param name="Joined">Images that waited for the same image of another call, or of the same one.</param>
/// <param name="Misses">Images that were computed.</param>
/// <param name="Evictions">Results that were dropped to make room.</param>
/// <param name="Entries">Results that are held.</param>
/// <param name="Bytes">Their size in bytes.</param>
public readonly record struct CacheStatistics(long Hits, long Joined, long Misses, long Evictions, int Entries, long Bytes);
