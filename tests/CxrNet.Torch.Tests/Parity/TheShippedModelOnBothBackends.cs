using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.TestData;

namespace CxrNet.Torch.Tests.Parity;

public sealed class TheShippedModelOnBothBackends
{
    [Fact]
    public void AgreesOnFiftyTestImages()
    {
        string manifest = TestFolders.RequireData("cls/manifest.csv");
        GrayImage[] images = [.. ImageManifest.Read(manifest, "test").Where((_, i) => i % 14 == 0).Take(50).Select(entry => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(entry.File)))];
        Assert.Equal(50, images.Length);
        using Stream file = BundledModels.CxrNetS.Open();
        using TorchClassifier torch = TorchClassifier.Load(file);
        using Stream again = BundledModels.CxrNetS.Open();
        using OnnxClassifier onnx = OnnxClassifier.Load(again);

        ModelParity parity = ModelParity.Compare(onnx, torch, images, TestContext.Current.CancellationToken);

        parity.Require(ParityTolerances.SameWeights);
        Assert.Equal((50, 0), (parity.Images, parity.MissingMaps));
        Assert.NotNull(parity.MaxMapDifference);

        // The guard sees the same features on both.
        if (onnx.Card.Guard is not null)
        {
            foreach ((CxrPrediction first, CxrPrediction second) in onnx.Classify(images, TestContext.Current.CancellationToken).Zip(torch.Classify(images, TestContext.Current.CancellationToken)))
            {
                Assert.Equal(first.Distance!.Value, second.Distance!.Value, 1e-3f);
                Assert.Equal(first.PredictionSet, second.PredictionSet);
            }
        }
    }
}
