namespace CxrNet.Benchmarks;

/// <summary>A benchmark's parameter that knows what one call gets through.</summary>
public interface ISampleBytes
{
    /// <summary>Bytes of samples, decoded, of all images of a call.</summary>
    long Bytes { get; }

    /// <summary>Images of a call.</summary>
    int Images => 1;
}
