using CxrNet.Imaging;
using CxrNet.TestData;

namespace CxrNet.Onnx.Tests;

/// <summary>Networks as PyTorch exports them, described by a card alone, against PyTorch's own logits.</summary>
public sealed class RunningAThirdPartyModel
{
    // To 8 bits and back, and another machine's convolutions.
    private const double Tolerance = 5e-3;

    private static readonly InputNormalization ImageNet = new() { Kind = NormalizationKind.MeanStd, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };

    [Fact]
    public void MobileNetWithThreeChannelsAndImageNetStatistics() => Compare("mobilenet_v2", FindingActivation.Sigmoid, 14, new CardInput
    {
        Channels = 3,
        Height = 224,
        Width = 224,
        Normalization = ImageNet,
    });

    [Fact]
    public void DenseNetWithACropAndAWideRange() => Compare("densenet_xrv", FindingActivation.Sigmoid, 18, new CardInput
    {
        Height = 224,
        Width = 224,
        Geometry = InputGeometry.CenterCrop,
        Normalization = new InputNormalization { Min = -1024, Max = 1024 },
    });

    [Fact]
    public void ASoftmaxOfFourClassesStandardisedPerImage() => Compare("softmax_160", FindingActivation.Softmax, 4, new CardInput
    {
        Height = 160,
        Width = 160,
        Normalization = InputNormalization.PerImage,
    });

    private static void Compare(string name, FindingActivation activation, int outputs, CardInput input)
    {
        string folder = TestFolders.RequireData("../external");
        CxrModelCard card = new()
        {
            Id = name,
            Activation = activation,
            Findings = [.. Enumerable.Range(0, outputs).Select(i => new CardFinding($"finding_{i}"))],
            Input = input,
        };
        Npy expected = Npy.Read(Path.Combine(folder, name + ".logits.npy"));
        GrayImage[] images = [.. Enumerable.Range(0, expected.Shape[0]).Select(i => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(Path.Combine(folder, $"image{i}.png"))))];
        using OnnxClassifier classifier = OnnxClassifier.Load(Path.Combine(folder, name + ".onnx"), new OnnxOptions { Card = card });
        IReadOnlyList<CxrPrediction> predictions = classifier.Classify(images, TestContext.Current.CancellationToken);
        double largest = expected.Values.Max(Math.Abs);
        for (int i = 0; i < images.Length; i++)
        {
            for (int f = 0; f < outputs; f++)
            {
                Assert.Equal(expected.Values[(i * outputs) + f], predictions[i].Logits[f], Tolerance * largest);
            }
        }
    }
}
