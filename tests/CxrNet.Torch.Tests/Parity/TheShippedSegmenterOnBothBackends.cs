using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.TestData;

namespace CxrNet.Torch.Tests.Parity;

public sealed class TheShippedSegmenterOnBothBackends
{
    [Theory]
    [InlineData("test", 0.94)]
    [InlineData("external", 0.92)]
    public void FindsTheLungsThatPeopleDrewAndAgrees(string split, double least)
    {
        string manifest = TestFolders.RequireData("seg/manifest.csv");
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        List<double> onnxDice = [];
        List<double> torchDice = [];
        using Stream file = BundledModels.Lungs.Open();
        using OnnxLungSegmenter onnx = OnnxLungSegmenter.Load(file);
        using TorchLungSegmenter torch = TorchLungSegmenter.Load(BundledModels.Lungs.ReadAllBytes());
        foreach (ManifestEntry entry in ImageManifest.Read(manifest, split))
        {
            GrayImage image = Read(entry.File);
            GrayImage drawn = Read(entry.LungMask!);
            BinaryMask truth = BinaryMask.AtLeast(drawn.Width, drawn.Height, drawn.Pixels, 0.5f);
            LungMask first = onnx.Segment([image], TestContext.Current.CancellationToken)[0];
            LungMask second = torch.Segment([image], TestContext.Current.CancellationToken)[0];
            onnxDice.Add(MaskOverlap.Of(truth, BinaryMask.From(first)).Dice);
            torchDice.Add(MaskOverlap.Of(truth, BinaryMask.From(second)).Dice);
            for (int i = 0; i < first.Probabilities.Length; i++)
            {
                Assert.Equal(first.Probabilities[i], second.Probabilities[i], 1e-3f);
            }
        }

        Assert.True(onnxDice.Average() >= least, $"Dice {onnxDice.Average():F4} on '{split}'");
        Assert.Equal(onnxDice.Average(), torchDice.Average(), 1e-3);
    }

    private static GrayImage Read(string file) => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(file));
}
