using CxrNet.Conformance;
using CxrNet.Imaging;
using CxrNet.Onnx;

namespace CxrNet.Tests;

/// <summary>The whole path with a network of a few kilobytes, which finds nothing but does everything.</summary>
public sealed class FromFileToReport : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly CxrPipeline _pipeline = new(
        RadiographDecoder.Default,
        OnnxClassifier.Load(TinyOnnx.For(ConformanceCards.Classifier).ToBytes()),
        OnnxLungSegmenter.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes()));

    [Fact]
    public void APngBecomesProbabilitiesAMapALungMaskAndAnOverlayOfItsOwnSize()
    {
        PngFile.Write(_folder["chest.png"], ChestPhantom.Create(new PhantomOptions { Width = 200, Height = 150 }).Image);

        CxrReport report = _pipeline.Analyze(_folder["chest.png"], cancellationToken: TestContext.Current.CancellationToken);
        report.SaveOverlay(_folder["overlay.png"]);

        Assert.Equal(["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"], report.Prediction.Findings.Select(static finding => finding.Name));
        Assert.Equal(1, report.Prediction.Findings.Sum(static finding => finding.Probability), 1e-5);
        Assert.Equal((200, 150), (report.Map!.Width, report.Map.Height));
        Assert.Equal((200, 150), (report.Lungs!.Width, report.Lungs.Height));
        DecodedImage overlay = RadiographDecoder.Default.DecodeFile(_folder["overlay.png"]);
        Assert.Equal((200, 150, PhotometricMeaning.Rgb), (overlay.Width, overlay.Height, overlay.Photometric));
        Assert.True(report.RenderOverlay().Rgb.AsSpan().SequenceEqual(overlay.Samples.Span));
    }

    [Fact]
    public void WithoutEvidenceTheOverlayIsTheRadiograph()
    {
        GrayImage image = ChestPhantom.Create(new PhantomOptions { Width = 64, Height = 64 }).Image;
        CxrReport report = _pipeline.Analyze(image, cancellationToken: TestContext.Current.CancellationToken) with { Map = new Heatmap(64, 64, new float[64 * 64], 64, 64) };

        byte[] overlay = report.RenderOverlay().Rgb;

        for (int i = 0; i < image.Pixels.Length; i++)
        {
            Assert.Equal(255 * image.Pixels[i], overlay[3 * i], 1.0);
            Assert.Equal((overlay[3 * i], overlay[3 * i]), (overlay[(3 * i) + 1], overlay[(3 * i) + 2]));
        }
    }

    public static TheoryData<string, byte[]> NoImages => new()
    {
        { "empty", [] },
        { "text", [.. "This is a letter, not a radiograph."u8] },
        { "a JPEG's first bytes", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] },
        // 20,000 x 20,000: a header and nothing behind it.
        { "a header bomb", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20, 8, 0, 0, 0, 0, 0xF7, 0x05, 0x8A, 0x3B] },
    };

    [Theory]
    [MemberData(nameof(NoImages))]
    public void WhatIsNoImageIsRefusedInOneLineThatNamesTheFile(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        string path = _folder.Write("file.png", bytes);

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => _pipeline.Analyze(path));

        Assert.StartsWith($"'{path}': ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void ManyThreadsMayUseOnePipeline()
    {
        GrayImage[] images = [.. Enumerable.Range(1, 8).Select(static seed => ChestPhantom.Create(new PhantomOptions { Seed = seed, Width = 64, Height = 64 }).Image)];
        float[][] alone = [.. images.Select(image => _pipeline.Analyze(image).Prediction.Logits.ToArray())];
        float[][] together = new float[images.Length][];

        Parallel.For(0, images.Length, i => together[i] = [.. _pipeline.Analyze(images[i]).Prediction.Logits]);

        Assert.Equal(alone, together);
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _folder.Dispose();
    }
}
