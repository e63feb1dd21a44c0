using CxrNet.TestData;

namespace CxrNet.Imaging.Tests;

/// <summary>data/originals: untouched files of many encoders, progressive JPEG and several kinds of PNG among them.</summary>
public sealed class ReadingOriginals
{
    private const int Side = 224;

    public static TheoryData<string> Names => TestFolders.Data is { } root && Directory.Exists(Path.Combine(root, "originals"))
        ? [.. Directory.EnumerateFiles(Path.Combine(root, "originals")).Where(f => Path.GetExtension(f) is ".jpg" or ".png").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)]
        : [""];

    [Theory, MemberData(nameof(Names))]
    public void TheFastPathAgreesWithTheWholeOneAtTheNetworksSize(string name)
    {
        byte[] data = File.ReadAllBytes(TestFolders.RequireData($"originals/{name}"));
        DecodedImage whole = RadiographDecoder.Default.Decode(data);
        Assert.True(whole.Width > 100 && whole.Height > 100);
        DecodedImage fast = RadiographDecoder.DecodeTo(Side).Decode(data);
        Assert.True(Math.Min(fast.Width, fast.Height) >= Math.Min(Side, Math.Min(whole.Width, whole.Height)));
        float[] a = AtNetworkSize(whole);
        float[] b = AtNetworkSize(fast);
        double mean = MeanDifference(a, b);
        double wider = MeanDifference(a, AtNetworkSize(RadiographDecoder.DecodeTo(2 * Side).Decode(data)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {whole.Width} x {whole.Height} x {whole.Channels}, fast {fast.Width} x {fast.Height}, mean difference at {Side} x {Side}: {mean:0.00} of 255, {wider:0.00} with {2 * Side}");
        Assert.InRange(mean, 0, 2);
        Assert.InRange(wider, 0, 1);
    }

    private static double MeanDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average() * 255;

    private static float[] AtNetworkSize(DecodedImage image)
    {
        GrayImage grey = GrayConversion.ToGray(image);
        float[] small = new float[Side * Side];
        Resizer.Resize(grey.Pixels, grey.Width, grey.Height, small, Side, Side, ResizeFilter.Bilinear);
        return small;
    }
}
