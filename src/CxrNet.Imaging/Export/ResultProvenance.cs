namespace CxrNet.Imaging;

/// <summary>Which model made a result; written into everything that leaves for other systems.</summary>
/// <param name="ModelId">The card's id.</param>
/// <param name="WeightsSha256">SHA-256 of the weights, hexadecimal.</param>
public sealed record ResultProvenance(string ModelId, string WeightsSha256)
{
    /// <summary>What every result is stamped with.</summary>
    public const string Stamp = "RESEARCH USE ONLY";
}
