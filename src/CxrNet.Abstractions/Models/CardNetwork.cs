namespace CxrNet;

/// <summary>How a network of this library is built, enough to build it again.</summary>
public sealed record CardNetwork
{
    /// <summary>The family, for example <c>cxrnet</c> or <c>unet</c>.</summary>
    public required string Family { get; init; }

    /// <summary>What the second encoder sees: <c>map</c>, <c>product</c>, <c>blend</c>, or <c>image</c> for an encoder alone, without a map; null where there is none.</summary>
    public string? Feed { get; init; }

    /// <summary>The classifying encoder's blocks: <c>residual</c> (strided), <c>plain</c> (two convolutions, then max-pooling, as in U-Net) or <c>mobilenet-v2</c>, whose widths are its own.</summary>
    public string Block { get; init; } = "residual";

    /// <summary>The map is decoded at 1 / MapStride of the input's resolution and enlarged bilinearly before the sigmoid; 1 is U-Net's own.</summary>
    public int MapStride { get; init; } = 1;

    /// <summary>Channels of the encoder-decoder's levels, from the finest down.</summary>
    public IReadOnlyList<int> MapWidths { get; init; } = [];

    /// <summary>Channels of the classifying encoder's levels, from the finest down; empty where there is none.</summary>
    public IReadOnlyList<int> EncoderWidths { get; init; } = [];
}
