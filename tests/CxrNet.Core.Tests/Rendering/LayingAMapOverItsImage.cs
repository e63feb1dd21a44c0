namespace CxrNet.Core.Tests.Rendering;

public sealed class LayingAMapOverItsImage
{
    private static readonly GrayImage Image = new(3, 1, [0, 0.5f, 1]);

    [Theory]
    [InlineData(OverlayScale.Fixed)]
    [InlineData(OverlayScale.Peak)]
    [InlineData(OverlayScale.Percentile)]
    public void NoEvidenceLooksLikeThePlainRadiograph(OverlayScale scale)
    {
        RgbImage picture = Overlay.Blend(Image, Map(0, 0, 0), ColorMaps.Inferno, new OverlayOptions { Scale = scale });
        Assert.Equal(new byte[] { 0, 0, 0, 128, 128, 128, 255, 255, 255 }, picture.Rgb);
    }

    [Fact]
    public void ColourAndOpacityFollowTheValue()
    {
        float[] values = [0.25f, 0.5f, 1];
        RgbImage picture = Overlay.Blend(Image, Map(values), ColorMaps.Inferno, new OverlayOptions { Opacity = 0.6f });
        for (int i = 0; i < 3; i++)
        {
            (byte red, byte green, byte blue) = ColorMaps.Inferno[(int)Math.Round(values[i] * 255)];
            double opacity = 0.6 * values[i], gray = (1 - opacity) * Image.Pixels[i] * 255;
            Assert.Equal(gray + (opacity * red), picture.Rgb[3 * i], 0.501);
            Assert.Equal(gray + (opacity * green), picture.Rgb[(3 * i) + 1], 0.501);
            Assert.Equal(gray + (opacity * blue), picture.Rgb[(3 * i) + 2], 0.501);
        }
    }

    [Fact]
    public void APeakScaleMakesAWeakMapStrong()
    {
        RgbImage weak = Overlay.Blend(Image, Map(0, 0.1f, 0.2f), ColorMaps.Inferno, new OverlayOptions { Scale = OverlayScale.Peak });
        RgbImage strong = Overlay.Blend(Image, Map(0, 0.5f, 1), ColorMaps.Inferno);
        Assert.Equal(strong.Rgb, weak.Rgb);
    }

    [Fact]
    public void ASignedMapIsBlueAgainstAndRedFor()
    {
        RgbImage picture = Overlay.Blend(new GrayImage(3, 1, [0, 0, 0]), new Heatmap(3, 1, [-1, 0, 1], 3, 1) { IsSigned = true });
        Assert.True(picture.Rgb[2] > picture.Rgb[0]);
        Assert.Equal(new byte[] { 0, 0, 0 }, picture.Rgb[3..6]);
        Assert.True(picture.Rgb[6] > picture.Rgb[8]);
    }

    [Fact]
    public void TheFloorOfAMethodIsNoEvidenceAndItsPictureHasItsOwnScale()
    {
        RgbImage rise = Overlay.BlendEvidence(Image, new Heatmap(3, 1, [0.4f, 0.4f, 0.45f], 3, 1) { Method = "rise" });
        Assert.Equal(new byte[] { 0, 0, 0, 128, 128, 128 }, rise.Rgb[..6]);
        Assert.NotEqual(255, rise.Rgb[8]);
    }

    [Fact]
    public void ANetworksOwnMapKeepsItsFloorAndItsScale()
    {
        Heatmap own = new(3, 1, [0.4f, 0.4f, 0.45f], 3, 1) { Method = Heatmap.OwnMap };
        Assert.Equal(Overlay.Blend(Image, own).Rgb, Overlay.BlendEvidence(Image, own).Rgb);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(511, true)]
    [InlineData(513, false)]
    [InlineData(1733, true)]
    public void EveryPixelOfEveryLengthIsTheFormula(int length, bool signed)
    {
        // Beyond both ends too: they are cut.
        float[] pixels = [.. Lengths.Noise(length).Select(v => (1.4f * v) - 0.2f)], values = [.. Lengths.Noise(length).Reverse().Select(v => (3 * v) - (signed ? 1.5f : 0.5f))];
        ColorMap colors = signed ? ColorMaps.BlueRed : ColorMaps.Viridis;
        RgbImage picture = Overlay.Blend(new GrayImage(length, 1, pixels), new Heatmap(length, 1, values, length, 1) { IsSigned = signed }, colors, new OverlayOptions { FixedPeak = 1.25f });
        float least = signed ? -1 : 0;
        for (int i = 0; i < length; i++)
        {
            float value = Math.Clamp(values[i] / 1.25f, least, 1), share = 0.65f * Math.Abs(value);
            float gray = (Math.Clamp(pixels[i], 0, 1) * 255 * (1 - share)) + 0.5f;
            (byte red, byte green, byte blue) = colors[(int)(((value - least) * (255 / (1 - least))) + 0.5f)];
            byte[] expected = [(byte)(gray + (share * red)), (byte)(gray + (share * green)), (byte)(gray + (share * blue))];
            Assert.Equal(expected, picture.Rgb[(3 * i)..((3 * i) + 3)]);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(511)]
    [InlineData(1733)]
    public void TheCamOverlayIsItsFormulaAtEveryLength(int length)
    {
        float[] pixels = Lengths.Noise(length), values = [.. Lengths.Noise(length).Reverse().Select(v => (1.4f * v) - 0.2f)];
        byte[] picture = CamOverlay.Blend(new GrayImage(length, 1, pixels), new Heatmap(length, 1, values, length, 1), ColorMaps.Jet, 0.3f).Rgb;
        float[] blended = [.. Enumerable.Range(0, 3 * length).Select(i => ((1 - 0.3f) * (ColorMaps.Jet.Rgb[(3 * (int)(255 * Math.Clamp(values[i / 3], 0, 1))) + (i % 3)] / 255f)) + (0.3f * pixels[i / 3]))];
        Assert.Equal(blended.Select(value => (byte)(255 * (value / blended.Max()))), picture);
    }

    [Fact]
    public void ASmallMapIsEnlargedAsToImageSizeDoes()
    {
        GrayImage image = new(70, 50, Lengths.Noise(3500));
        Heatmap map = new(7, 5, Lengths.Noise(35), 70, 50);
        Assert.Equal(Overlay.Blend(image, map.ToImageSize()).Rgb, Overlay.Blend(image, map).Rgb);
        Assert.Equal(CamOverlay.Blend(image, map.ToImageSize(), ColorMaps.Jet).Rgb, CamOverlay.Blend(image, map, ColorMaps.Jet).Rgb);
    }

    [Fact]
    public void NothingButThePictureIsAllocated()
    {
        GrayImage image = new(300, 200, Lengths.Noise(60_000));
        Heatmap map = new(30, 20, Lengths.Noise(600), 300, 200);
        AllocationAssert.AtMost(180_000 + 200, () => Overlay.Blend(image, map));
        AllocationAssert.AtMost(180_000 + 200, () => CamOverlay.Blend(image, map, ColorMaps.Jet));
    }

    [Fact]
    public void AMapOfAnotherImageIsRefused() =>
        Assert.Contains("of 2 x 2, this one is 3 x 1", Assert.Throws<ArgumentException>(() => Overlay.Blend(Image, new Heatmap(1, 1, [1], 2, 2))).Message, StringComparison.Ordinal);

    private static Heatmap Map(params float[] values) => new(3, 1, values, 3, 1);
}
