namespace CxrNet;

/// <summary>How a network of this library is built, enough to build it again.</summary>
public sealed record CardNetwork
{
    /// <summary>The family, for example <c>cxrnet</c> or <c>unet</c>.</summary>
    public required string Family { get; init; }

    /// <summary>What the second encoder sees: <c>map</c>, <c>product</c> or <c>blend</c>; null where there is none.</summary>
    public string? Feed { get; init; }

    /// <summary>Channels of the encoder-decoder's levels, from full resolution down.</summary>
    public IReadOnlyList<int> MapWidths { get; init; } = [];

    /// <summary>Channels of the classifying encoder's levels, from full resolution down; empty where there is none.</summary>
    public IReadOnlyList<int> EncoderWidths { get; init; } = [];
}
