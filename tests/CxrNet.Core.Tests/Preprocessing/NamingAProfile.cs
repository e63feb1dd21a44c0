namespace CxrNet.Core.Tests.Preprocessing;

public sealed class NamingAProfile
{
    [Fact]
    public void TorchXRayVisionSpansItsRange()
    {
        GrayImage image = new(3, 3, [0, 0, 0, 0.5f, 0.5f, 0.5f, 1, 1, 1]);
        using InputTensor input = InputTensor.From([image], InputProfiles.ByName("TorchXRayVision", 3));
        Assert.Equal([-1024f, -1024, -1024, 0, 0, 0, 1024, 1024, 1024], input.Values.ToArray());
    }

    [Fact]
    public void ImageNetHasThreeChannels()
    {
        CardInput input = InputProfiles.ByName("imagenet", 224);
        Assert.Equal((3, 224, ResizeFilter.Bilinear), (input.Channels, input.Width, input.Filter));
        Assert.Equal([0.485f, 0.456f, 0.406f], input.Normalization.Mean);
    }

    [Fact]
    public void PerImageIsStandardised() => Assert.Equal(NormalizationKind.PerImage, InputProfiles.ByName("per-image", 192).Normalization.Kind);

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes() =>
        Assert.Contains("'coco'; there are torchxrayvision", Assert.Throws<ArgumentException>(() => InputProfiles.ByName("coco", 1)).Message, StringComparison.Ordinal);
}
