namespace CxrNet;

/// <summary>The input conventions that models of this field were trained with, by name, for a card's <see cref="CxrModelCard.Input"/>.</summary>
public static class InputProfiles
{
    /// <summary>torchxrayvision's: one channel, centre crop, scikit-image's resize, range -1024 … 1024.</summary>
    /// <param name="size">Side of the input; 224 for its DenseNets, 512 for its ResNet.</param>
    public static CardInput TorchXRayVision(int size = 224) => new()
    {
        Width = size,
        Height = size,
        Geometry = InputGeometry.CenterCrop,
        Filter = ResizeFilter.ScikitImage,
        Normalization = new InputNormalization { Min = -1024, Max = 1024 },
    };

    /// <summary>torchvision's for ImageNet weights: three equal channels, antialiased bilinear resize, ImageNet's means and deviations.</summary>
    /// <param name="size">Side of the input.</param>
    public static CardInput ImageNet(int size = 224) => new()
    {
        Width = size,
        Height = size,
        Channels = 3,
        Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] },
    };

    /// <summary>CxrNet's own: one channel, antialiased bilinear resize, each image with mean 0 and deviation 1.</summary>
    /// <param name="size">Side of the input.</param>
    public static CardInput PerImage(int size = 192) => new()
    {
        Width = size,
        Height = size,
        Normalization = InputNormalization.PerImage,
    };

    /// <summary>A profile by its name: <c>torchxrayvision</c>, <c>imagenet</c> or <c>per-image</c>.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <param name="size">Side of the input.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static CardInput ByName(string name, int size)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return name.ToUpperInvariant() switch
        {
            "TORCHXRAYVISION" => TorchXRayVision(size),
            "IMAGENET" => ImageNet(size),
            "PER-IMAGE" => PerImage(size),
            _ => throw new ArgumentException($"There is no input profile '{name}'; there are torchxrayvision, imagenet and per-image.", nameof(name)),
        };
    }
}
