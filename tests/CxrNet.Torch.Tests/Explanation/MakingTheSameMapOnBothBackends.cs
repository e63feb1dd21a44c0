using CxrNet.Onnx;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>A name that both backends know means one map: same network, same image, nothing asked for.</summary>
public sealed class MakingTheSameMapOnBothBackends : IDisposable
{
    private readonly OneThread _oneThread = new();

    public static TheoryData<string> Shared => [.. OnnxExplanations.Methods.Keys.Intersect(TorchExplanations.Methods.Keys)];

    public void Dispose() => _oneThread.Dispose();

    [Fact]
    public void EveryMethodOfTheOnnxBackendIsThereForLibtorch() => Assert.Equal(OnnxExplanations.Methods.Keys.Order(), OnnxExplanations.Methods.Keys.Intersect(TorchExplanations.Methods.Keys).Order());

    [Theory, MemberData(nameof(Shared))]
    public void TheRawMapsAgree(string method)
    {
        byte[] file = File(TinyNetworks.Product);
        using TorchClassifier classifier = TorchClassifier.Load(file);
        using OnnxFeatureModel features = OnnxFeatureModel.Load(file);
        using TorchExplanation torch = TorchExplanations.Create(method, classifier);
        using IExplanationMap onnx = OnnxExplanations.Create(method, features);
        foreach ((Heatmap expected, Heatmap found) in onnx.Explain(TinyNetworks.Images(3), "normal").Zip(torch.Explain(TinyNetworks.Images(3), "normal")))
        {
            Assert.Equal((expected.Width, expected.Height, expected.Finding, expected.IsSigned), (found.Width, found.Height, found.Finding, found.IsSigned));
            float greatest = expected.Values.ToArray().Max(Math.Abs);
            Assert.True(greatest > 0);
            Assert.All(expected.Values.ToArray().Zip(found.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-3 * greatest));
        }
    }

    [Fact]
    public void ReciproCamOfAScoreBelowZeroIsNoBlankMap()
    {
        using TorchClassifier classifier = TorchClassifier.Load(File(TinyNetworks.Product));
        foreach (string finding in classifier.Card.Findings.Select(static f => f.Name))
        {
            Assert.All(Explain(null), static v => Assert.InRange(v, float.Epsilon, 1));
            Assert.Contains(Explain(GradientScore.Logit), static v => v != 0);

            float[] Explain(GradientScore? score) => new ReciproCam(classifier.Explainable, new() { Score = score }).Explain(TinyNetworks.Images(1), finding)[0].Values.ToArray();
        }
    }

    [Fact]
    public void ALogitOfZeroHasNoSharesAndStillAMap()
    {
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Product);
        using (no_grad())
        {
            foreach ((string name, Tensor tensor) in made.state_dict())
            {
                _ = name.Contains("head", StringComparison.Ordinal) ? tensor.zero_() : tensor;
            }
        }

        using ExplainableNetwork network = ExplainableNetwork.Of(made, TinyNetworks.Card(TinyNetworks.Product), CPU, 16);
        Assert.All(new AblationCam(network).Explain(TinyNetworks.Images(1), "normal")[0].Values.ToArray(), static v => Assert.Equal(0, v));
    }

    private static byte[] File(CardNetwork network)
    {
        using CxrNetwork made = TinyNetworks.Create(network);
        return OnnxExport.Classifier(made, TinyNetworks.Card(network));
    }
}
