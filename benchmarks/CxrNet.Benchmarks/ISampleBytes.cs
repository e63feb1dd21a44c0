namespace CxrNet.Benchmarks;

/// <summary>A benchmark's parameter that knows how many bytes of samples one call reads.</summary>
public interface ISampleBytes
{
    /// <summary>Bytes of stored samples.</summary>
    long Bytes { get; }
}
