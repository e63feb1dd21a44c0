namespace CxrNet.Benchmarks.Scaling;

/// <summary>How many call at once, and how many images that makes.</summary>
public sealed record CallerCount(int Count, int Images) : ISampleBytes
{
    /// <summary>Nothing is decoded, so no column of megabytes.</summary>
    public long Bytes => 0;

    public override string ToString() => $"{Count}";
}
