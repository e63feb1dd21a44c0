using CxrNet.Conformance;
using CxrNet.Evaluation;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

public sealed class SeeingTheLungsOfACase
{
    // 64 x 32 pixels with the lungs in the left half; the network sees the middle 32 x 32.
    [Theory, InlineData(InputGeometry.CenterCrop, 16), InlineData(InputGeometry.Stretch, 16), InlineData(InputGeometry.Letterbox, 16)]
    public void TheyArePlacedAsTheNetworkSeesTheImage(InputGeometry geometry, int columns)
    {
        CxrModelCard card = ConformanceCards.Classifier with { Input = ConformanceCards.Classifier.Input with { Geometry = geometry } };
        using OnnxClassifier classifier = OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());
        GrayImage image = new(64, 32, new float[64 * 32]);
        BinaryMask lungs = new(64, 32, [.. Enumerable.Range(0, 64 * 32).Select(static i => i % 64 < 32)]);
        using CaseLungs all = new(null, classifier);
        all.Show(new MapCase(image, "covid19") { Lungs = lungs });

        BinaryMask whole = BinaryMask.From(all.Segment([image], TestContext.Current.CancellationToken)[0]);
        BinaryMask seen = BinaryMask.From(all.Segment([new GrayImage(32, 32, new float[32 * 32])], TestContext.Current.CancellationToken)[0]);

        Assert.Equal(32 * 32, whole.Count);
        Assert.Equal(columns * (geometry == InputGeometry.Letterbox ? 16 : 32), seen.Count);
        Assert.True(seen.Pixels[(16 * 32) + 15] && !seen.Pixels[(16 * 32) + 16]);
    }

    [Fact]
    public void AFloorUnderAPartOfAnImageIsNotDrawn()
    {
        GrayImage image = new(64, 32, [.. Enumerable.Range(0, 64 * 32).Select(static i => i % 64 / 64f)]);
        Heatmap Map(float value) => new(2, 2, [value, value, value, value], 64, 32, new PixelRegion(16, 0, 32, 32)) { Method = "rise" };
        Assert.Equal(MapPictures.Draw(image, Map(0)), MapPictures.Draw(image, Map(5)));
    }
}
