using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class FillingLungs
{
    [Fact]
    public void GivesTheImagesWithoutAMaskTheSegmentersOne()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string image = Path.Combine(folder, "a.png");
        PngFile.WriteGrey(image, new byte[64 * 64], 64, 64);
        string mask = Path.Combine(folder, "mask.png");
        PngFile.WriteGrey(mask, [.. Enumerable.Repeat((byte)255, 64 * 32), .. new byte[64 * 32]], 64, 64);
        ManifestEntry bare = new(image, "", "train");
        TrainingSet set = TrainingSet.Load([bare, bare with { LungMask = mask }], [], 32, RadiographDecoder.Default, threads: 1);
        Assert.Equal(255, set.Lungs[1023]);

        using LeftHalf segmenter = new();
        set.FillLungs(segmenter);

        Assert.Equal([255, 0], [set.Lungs[0], set.Lungs[31]]);
        Assert.Equal([255, 0], [set.Lungs[1024 + 31], set.Lungs[^1]]);
        Assert.Equal(1, segmenter.Calls);
    }

    private sealed class LeftHalf : ILungSegmenter
    {
        public int Calls { get; private set; }

        public CxrModelCard Card { get; } = TinyNetworks.Card(TinyNetworks.Product);

        public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Calls++;
            return [.. images.Select(image => new LungMask(image.Width, image.Height, [.. Enumerable.Range(0, image.Width * image.Height).Select(i => i % image.Width < image.Width / 2 ? 1f : 0f)]))];
        }

        public void Dispose()
        {
        }
    }
}
