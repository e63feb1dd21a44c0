namespace CxrNet;

/// <summary>What a decoder may spend on one file, checked against the header's claim before anything is allocated.</summary>
public sealed record DecodeLimits
{
    /// <summary>100 megapixels, files of 1 GiB.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Greatest width x height; 100 million by default.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Greatest file size in bytes; 1 GiB by default.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;
}
