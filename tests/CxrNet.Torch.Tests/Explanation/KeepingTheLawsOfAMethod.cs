using CxrNet.Torch.Explanation;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>Equations that hold for a method whatever the network, on networks of this library: through the map M, and on E2 alone.</summary>
public sealed class KeepingTheLawsOfAMethod : IDisposable
{
    private readonly OneThread _oneThread = new();

    public static TheoryData<string, ExplainedPart> NetworksAndParts { get; } = new()
    {
        { "product", ExplainedPart.Network },
        { "product", ExplainedPart.Encoder },
        { "plain", ExplainedPart.Network },
        { "plain", ExplainedPart.Encoder },
        { "map", ExplainedPart.Network },
        { "blend", ExplainedPart.Network },
        { "image", ExplainedPart.Network },
    };

    public void Dispose() => _oneThread.Dispose();

    [Theory, MemberData(nameof(NetworksAndParts))]
    public void IntegratedGradientsSumToTheDifferenceAsStepsGrow(string network, ExplainedPart part)
    {
        using ExplainableNetwork explained = Load(network);
        double few = Delta(4), many = Delta(400);
        Assert.True(many < 0.01 && many <= few, $"{few} is left with 4 steps, {many} with 400.");

        double Delta(int steps) => new IntegratedGradients(explained, new() { Part = part, Steps = steps }).Attribute(TinyNetworks.Images(2), "covid19").Max(static a => Math.Abs((double)a.Delta));
    }

    [Theory, MemberData(nameof(NetworksAndParts))]
    public void DeepLiftSumsToTheDifferenceWhereItSharesMaxPools(string network, ExplainedPart part)
    {
        using ExplainableNetwork explained = Load(network);
        foreach (Attribution attribution in new DeepLift(explained, new() { Part = part, SharesMaxPools = true, Baseline = 0.1f }).Attribute(TinyNetworks.Images(2), "covid19"))
        {
            float sum = 0;
            foreach (float value in attribution.Map.Values)
            {
                sum += value;
            }

            Assert.True(Math.Abs(attribution.Delta) < 1e-3 * Math.Max(1, Math.Abs(sum)), $"{attribution.Delta} is left of {sum}.");
        }
    }

    [Theory, InlineData("product"), InlineData("plain")]
    public void LrpWithATinyEpsilonIsInputTimesGradient(string network)
    {
        using ExplainableNetwork explained = Load(network);
        TorchExplanationOptions encoder = new() { Part = ExplainedPart.Encoder };
        Near(Values(new InputTimesGradient(explained, encoder)), Values(new LrpEpsilon(explained, encoder)), 1e-4);
    }

    [Fact]
    public void LrpGivesTheSignalOfAProductAllAndItsGateNothing()
    {
        using ExplainableNetwork explained = Load("product");

        // M·x shares nothing with M, so that the pixels get what the fed pixels got.
        Near(Values(new LrpEpsilon(explained, new() { Part = ExplainedPart.Encoder })), Values(new LrpEpsilon(explained)), 1e-4);
    }

    [Fact]
    public void BehindGlobalAveragePoolingTheCamsAreOne()
    {
        using ExplainableNetwork explained = Load("product");
        TorchExplanationOptions signed = new() { Signed = true };
        float[] classic = Values(new ClassicCam(explained, signed));
        float[] scaled = Array.ConvertAll(classic, v => v / classic.Length);
        Near(scaled, Values(new GradCam(explained, signed)), 1e-4);
        Near(scaled, Values(new HiResCam(explained, signed)), 1e-4);
        Near(scaled, Values(new XGradCam(explained, signed)), 1e-3);
        Near(scaled, Values(new ShapleyCam(explained, signed)), 1e-4);
    }

    [Fact]
    public void TheClassicCamAndTheBiasAreTheLogit()
    {
        using ExplainableNetwork explained = Load("product");
        using ClassicCam cam = new(explained, new() { Signed = true });
        float mean = Values(cam).Average(), bias = explained.Graph.Layers[explained.Graph.Output].Shift!.data<float>()[3];
        Assert.Equal(Logits(explained)[3], mean + bias, 1e-4);
    }

    [Theory, InlineData("product"), InlineData("plain"), InlineData("map"), InlineData("blend"), InlineData("image"), InlineData("mobile")]
    public void TheLayersComputeWhatTheNetworkComputes(string network)
    {
        using CxrNetwork made = TinyNetworks.Create(CardOf(network));
        using ExplainableNetwork explained = ExplainableNetwork.Of(made, TinyNetworks.Card(CardOf(network)), CPU, 16);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn([3, 1, TinyNetworks.Side, TinyNetworks.Side]);
        LayerGraph graph = explained.Graph;
        Tensor fed = made.HasMap ? made.Feed(x, made.Map.forward(x)) : x;
        Tensor?[] found = graph.Run(ExplanationRun.Given(LayerGraphBuilder.Input, x), [graph.Output, graph.Encoder!.Value, graph.Features]);
        Near([.. made.forward(x).Logits.data<float>()], [.. found[graph.Output]!.data<float>()], 1e-4);
        Near([.. fed.data<float>()], [.. found[graph.Encoder.Value]!.data<float>()], 1e-4);
        Near([.. made.Encoder.Features(fed).data<float>()], [.. found[graph.Features]!.data<float>()], 1e-4);
    }

    [Fact]
    public void TheGradientIsTheSlopeOfTheScore()
    {
        using ExplainableNetwork explained = Load("product");
        foreach (GradientScore score in Enum.GetValues<GradientScore>())
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            using InputTensor input = InputTensor.From(TinyNetworks.Images(1), explained.Input);
            using ExplanationRun run = new(explained, new() { Score = score }, input, TinyNetworks.Images(1), 3, (0, 1), TestContext.Current.CancellationToken);
            Tensor direction = randn(run.Input.shape), step = 1e-3 * direction;
            float slope = ((run.Score(run.Logits(run.Input + step)) - run.Score(run.Logits(run.Input - step))) / 2e-3).item<float>();
            float expected = (run.Gradient(run.Input) * direction).sum().item<float>();
            Assert.True(Math.Abs(slope - expected) < 0.02 * Math.Max(0.1, Math.Abs(expected)), $"{score}: slope {slope}, gradient {expected}.");
        }
    }

    [Fact]
    public void NoiseFromASeedIsTheSameAgainAndAnotherSeedIsAnotherMap()
    {
        using ExplainableNetwork explained = Load("product");
        float[] first = Values(new SmoothGrad(explained, new() { Seed = 1 })), again = Values(new SmoothGrad(explained, new() { Seed = 1 }));
        Assert.Equal(first, again);
        Assert.NotEqual(first, Values(new SmoothGrad(explained, new() { Seed = 2 })));
    }

    private static float[] Values(TorchExplanation method) => method.Explain(TinyNetworks.Images(1), "covid19")[0].Values.ToArray();

    private static float[] Logits(ExplainableNetwork explained)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using InputTensor input = InputTensor.From(TinyNetworks.Images(1), explained.Input);
        using ExplanationRun run = new(explained, TorchExplanationOptions.Default, input, TinyNetworks.Images(1), 3, (0, 1), default);
        return [.. run.Logits(run.Input).data<float>()];
    }

    private static CardNetwork CardOf(string network) => network switch
    {
        "plain" => TinyNetworks.Plain,
        "mobile" => TinyNetworks.Product with { Block = "mobilenet-v2", EncoderWidths = [] },
        _ => TinyNetworks.Product with { Feed = network },
    };

    private static ExplainableNetwork Load(string network)
    {
        using CxrNetwork made = TinyNetworks.Create(CardOf(network));
        return ExplainableNetwork.Of(made, TinyNetworks.Card(CardOf(network)), CPU, 16);
    }

    private static void Near(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        double greatest = expected.Max(static v => Math.Abs((double)v)), difference = expected.Zip(found, static (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(greatest > 0 && difference <= tolerance * greatest, $"They differ by {difference}, the greatest value is {greatest}.");
    }
}
