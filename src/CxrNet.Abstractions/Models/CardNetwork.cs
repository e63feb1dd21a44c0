namespace CxrNet;

/// <summary>How a network of this library is built, enough to build it again.</summary>
public sealed record CardNetwork
{
    /// <summary>The family: <c>cxrnet</c>, <c>unet</c>, or one of the field's, under torchvision's parameter names: <c>densenet121</c>, <c>resnet18</c>, <c>resnet50</c>, <c>mobilenet-v2</c>.</summary>
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
    /// <remarks>Of the field's families, whose own they are where it is empty: DenseNet the stem and the growth; ResNet its four levels, before a bottleneck widens them; MobileNetV2 the stem, the seven stages and the last convolution.</remarks>
    public IReadOnlyList<int> EncoderWidths { get; init; } = [];

    /// <summary>Blocks in each level of one of the field's families; empty (the default) for the family's own, for example 6, 12, 24, 16 of <c>densenet121</c>.</summary>
    public IReadOnlyList<int> Repeats { get; init; } = [];
}
