using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>Four pixels through ReLU6, then logit = sum of w times pixel: small enough to say by hand what each rule gives.</summary>
public sealed class GoingBackThroughARectifier : IDisposable
{
    private static readonly float[] Pixels = [-1, 2, 3, 9];

    private readonly ExplainableNetwork _network;

    public GoingBackThroughARectifier()
    {
        using var scope = NewDisposeScope();
        LayerGraphBuilder builder = new(CPU);
        int x = builder.Flatten("flat", builder.Relu("six", LayerGraphBuilder.Input, 6));
        LayerGraph graph = builder.Build(builder.Dense("head", x, tensor(new float[] { 1, 2, -3, 4 }).view(1, 4), tensor(new[] { 0.5f })));
        CxrModelCard card = new() { Id = "four", Findings = [new("f")], Input = new CardInput { Height = 2, Width = 2, Normalization = new InputNormalization { Min = 0, Max = 10 } } };
        _network = new ExplainableNetwork(card, graph, CPU, 16);
    }

    public static TheoryData<string, float[]> Rules => new()
    {
        { "saliency", [0, 2, -3, 0] },          // closed below 0 and above 6
        { "guided_backprop", [0, 2, 0, 0] },    // and for negative gradients
        { "deconvolution", [1, 2, 0, 4] },      // for negative gradients alone
        { "input_x_gradient", [0, 4, -9, 0] },
        { "deeplift", [0, 4, -9, 24] },        // 4 * (6 - 0): what the pixel did, though its gradient is 0
        { "lrp_epsilon", [0, 4, -9, 24] },
        { "integrated_gradients", [0, 4, -9, 24] },
    };

    public void Dispose() => _network.Dispose();

    [Theory, MemberData(nameof(Rules))]
    public void EachRuleGivesWhatItsFormulaSays(string method, float[] expected)
    {
        using TorchExplanation made = TorchExplanations.Create(method, _network, new() { Signed = true, Steps = 3000, Integration = IntegrationRule.Midpoint, BatchSize = 500 });
        Heatmap map = made.Explain([new GrayImage(2, 2, Array.ConvertAll(Pixels, static p => p / 10))])[0];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], map.Values[i], 2e-3 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
