namespace CxrNet.Torch.Networks;

/// <summary>The networks of this library by name.</summary>
public static class CxrNetPresets
{
    /// <summary>CxrNet-S: E2 is MobileNetV2 1.0, which can start from ImageNet's weights; E1 and D of widths 16-32-64-96-128 at half the input's resolution; about 3.2 M parameters, 192 px.</summary>
    public static CardNetwork Small { get; } = new()
    {
        Family = "cxrnet",
        Feed = "product",
        Block = "mobilenet-v2",
        MapStride = 2,
        MapWidths = [16, 32, 64, 96, 128],
    };

    /// <summary>CxrNet-R: a residual E2 of widths 32-48-96-160-256, learnt from scratch; E1 and D are those of CxrNet-S. About 2.5 M parameters, 192 px.</summary>
    /// <remarks>All widths are multiples of 16: libtorch's CPU convolutions pad channels to 16, and other widths gave NaN with recycled memory.</remarks>
    public static CardNetwork Residual { get; } = Small with { Block = "residual", EncoderWidths = [32, 48, 96, 160, 256] };

    /// <summary>CxrNet-F: U-Net's own widths 64-128-256-512-1024 in both encoders; 49.9 M parameters, 224 px.</summary>
    public static CardNetwork Full { get; } = new()
    {
        Family = "cxrnet",
        Feed = "product",
        Block = "plain",
        MapStride = 1,
        MapWidths = [64, 128, 256, 512, 1024],
        EncoderWidths = [64, 128, 256, 512, 1024],
    };

    /// <summary>A light U-Net for lungs.</summary>
    public static CardNetwork Lungs { get; } = new()
    {
        Family = "unet",
        MapStride = 2,
        MapWidths = [16, 32, 64, 96, 128],
    };

    /// <summary>A preset by its name: <c>S</c>, <c>R</c> or <c>F</c>.</summary>
    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static CardNetwork ByName(string name) => name switch
    {
        "S" => Small,
        "R" => Residual,
        "F" => Full,
        _ => throw new ArgumentException($"Network '{name}' is not known; 'S', 'R' or 'F' expected.", nameof(name)),
    };
}
