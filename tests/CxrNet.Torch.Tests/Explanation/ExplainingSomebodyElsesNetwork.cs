using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class ExplainingSomebodyElsesNetwork : IDisposable
{
    private const int Side = TinyNetworks.Side;

    private readonly OneThread _oneThread = new();

    public void Dispose() => _oneThread.Dispose();

    [Fact]
    public void ANetworkWithoutAnEncoderOfOursIsExplainedAsAWholeOnly()
    {
        using ExplainableNetwork network = Network(1);
        foreach (string method in TorchExplanations.Methods.Keys)
        {
            CxrModelException error = Assert.Throws<CxrModelException>(() => TorchExplanations.Create(method, network, new() { Part = ExplainedPart.Encoder }));
            Assert.Contains("'encoder.…'", error.Message, StringComparison.Ordinal);
        }

        Assert.Single(new GradCam(network).Explain(TinyNetworks.Images(1)));
    }

    [Theory, InlineData("saliency"), InlineData("smoothgrad"), InlineData("smoothgrad_sq"), InlineData("vargrad")]
    public void AGreyPlaneInThreeChannelsIsExplainedAsInOne(string method)
    {
        float[] one = Map(1), three = Map(3);
        float greatest = one.Max(Math.Abs);
        Assert.True(greatest > 0);
        Assert.All(one.Zip(three), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * greatest));

        float[] Map(int channels)
        {
            using ExplainableNetwork network = Network(channels);
            return TorchExplanations.Create(method, network, new() { Samples = 6 }).Explain(TinyNetworks.Images(1), "a")[0].Values.ToArray();
        }
    }

    /// <summary>The same function of a grey plane for any number of channels; smooth, so that rounding moves no gradient far.</summary>
    private static ExplainableNetwork Network(int channels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        random.manual_seed(5);
        Tensor conv = randn([6, 1, 3, 3]), bias = randn([6]), head = randn([2, 6]), shift = randn([2]);
        OnnxGraphBuilder g = new();
        string x = g.Node("Sigmoid", "features", [g.Conv("conv", "image", conv.expand(6, channels, 3, 3) / channels, bias, 2, 1, 1)]);
        g.Gemm("head", g.Flatten("flat", g.Node("GlobalAveragePool", "pool", [x])), head, shift, "scores");
        CxrModelCard card = new()
        {
            Id = "somebody",
            Findings = [new("a"), new("b")],
            Input = new CardInput { Name = "image", Height = Side, Width = Side, Channels = channels, Normalization = InputNormalization.UnitRange },
            Outputs = new CardOutputs { Logits = "scores" },
        };
        return new ExplainableNetwork(card, OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU), CPU, 16);
    }
}
