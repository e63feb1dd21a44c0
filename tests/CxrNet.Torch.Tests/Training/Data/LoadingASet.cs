using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class LoadingASet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly ManifestEntry _bare;
    private readonly ManifestEntry _masked;

    // A ramp from left to right; the human mask is the upper half, the segmenter's the left half.
    public LoadingASet()
    {
        string image = Path.Combine(_folder, "a.png");
        PngFile.WriteGrey(image, [.. Enumerable.Range(0, 64 * 64).Select(static i => (byte)(i % 64 * 4))], 64, 64);
        string mask = Path.Combine(_folder, "mask.png");
        PngFile.WriteGrey(mask, [.. Enumerable.Repeat((byte)255, 64 * 32), .. new byte[64 * 32]], 64, 64);
        _bare = new ManifestEntry(image, "", "train");
        _masked = _bare with { LungMask = mask };
    }

    [Fact]
    public void WithoutASegmenterAnImageWithoutAMaskIsAllLung()
    {
        TrainingSet set = Load(null, LungHandling.None);
        Assert.Equal([255, 255], [set.Lungs[0], set.Lungs[1023]]);
        Assert.Equal([255, 0], [set.Lungs[1024], set.Lungs[2047]]);
    }

    [Fact]
    public void TheSegmenterFillsWhatIsMissingAndLeavesWhatIsThere()
    {
        TrainingSet set = Load(new LeftHalf(), LungHandling.None);
        Assert.Equal([255, 0], [set.Lungs[0], set.Lungs[31]]);
        Assert.Equal([255, 0], [set.Lungs[1024 + 31], set.Lungs[^1]]);
    }

    [Fact]
    public void ACropShowsTheBoxAndCutsBothMasksAlike()
    {
        TrainingSet set = Load(new LeftHalf(), LungHandling.Crop);

        // Half of the ramp and a margin of 5 % of the height.
        Assert.InRange(set.Images[31], 125, 145);
        Assert.Equal([255, 0], [set.Lungs[0], set.Lungs[31]]);
        Assert.Equal([255, 0], [set.Lungs[1024 + 31], set.Lungs[^1]]);
    }

    [Fact]
    public void ApplyBlackensTheRest()
    {
        TrainingSet set = Load(new LeftHalf(), LungHandling.Apply);
        Assert.InRange(set.Images[14], 100, 130);
        Assert.Equal(0, set.Images[31]);
    }

    [Fact]
    public void ALesionMaskIsCutAsItsImageIsAndOneThatMarksNothingIsNone()
    {
        ManifestEntry empty = _bare with { LesionMask = Path.Combine(_folder, "empty.png") };
        PngFile.WriteGrey(empty.LesionMask, new byte[64 * 64], 64, 64);
        TrainingSet set = TrainingSet.Load([_bare, empty, _bare with { LesionMask = _masked.LungMask }], [], 32, RadiographDecoder.Default, threads: 1, new LeftHalf(), LungHandling.Crop);

        byte[] lesion = Assert.Single(set.Lesions, static one => one.Key == 2).Value;
        Assert.Equal([255, 255, 0], [lesion[0], lesion[31], lesion[^1]]);
        Assert.Single(set.Lesions);
    }

    [Fact]
    public void TheSetKnowsHowItWasLoaded()
    {
        Assert.Equal(LungHandling.None, Load(null, LungHandling.None).Handling);
        Assert.Equal(LungHandling.Crop, Load(new LeftHalf(), LungHandling.Crop).At(16).Handling);
    }

    [Fact]
    public void AHandlingWithoutASegmenterIsRefused() =>
        Assert.Contains("Crop", Assert.Throws<ArgumentException>(() => Load(null, LungHandling.Crop)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnImageOfAnotherLabelIsNamed() =>
        Assert.Contains("is labelled 'flu'; normal, covid19 expected", Assert.Throws<InvalidDataException>(() => TrainingSet.Load([_bare with { Label = "flu" }, _bare with { Label = "flu" }], ["normal", "covid19"], 32, RadiographDecoder.Default, threads: 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileThatIsNoImageIsNamed()
    {
        string file = Path.Combine(_folder, "no.png");
        File.WriteAllText(file, "no image");
        Assert.Contains("no.png", Assert.Throws<InvalidDataException>(() => TrainingSet.Load([_bare with { File = file }], [], 32, RadiographDecoder.Default, threads: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreImagesThanAnArrayHoldsAreRefusedWithTheNumber()
    {
        ManifestEntry[] many = new ManifestEntry[58_255];
        Assert.Contains("58254 at most", Assert.Throws<ArgumentException>(() => TrainingSet.Load(many, [], 192, RadiographDecoder.Default, threads: 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(32, 0)]
    public void NoSideAndNoThreadIsRefused(int side, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingSet.Load([_bare], [], side, RadiographDecoder.Default, threads));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TrainingSet Load(ILungSegmenter? segmenter, LungHandling handling) =>
        TrainingSet.Load([_bare, _masked], [], 32, RadiographDecoder.Default, threads: 1, segmenter, handling);

    private sealed class LeftHalf : ILungSegmenter
    {
        public CxrModelCard Card { get; } = TinyNetworks.Card(TinyNetworks.Product);

        public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. images.Select(image => new LungMask(image.Width, image.Height, [.. Enumerable.Range(0, image.Width * image.Height).Select(i => i % image.Width < image.Width / 2 ? 1f : 0f)]))];

        public void Dispose()
        {
        }
    }
}
