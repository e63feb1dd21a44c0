using System.Runtime.InteropServices;
using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>A golden network as the classifier that black-box methods ask: every score is libtorch's.</summary>
internal sealed class GoldenClassifier(ExplainableNetwork network) : ITensorClassifier
{
    public CxrModelCard Card => network.Card;

    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor x = empty([count, 1, GoldenNets.Side, GoldenNets.Side], ScalarType.Float32);
        MemoryMarshal.AsBytes(inputs.Values.Span[..(int)x.numel()]).CopyTo(x.bytes);
        LayerGraph graph = network.Graph;
        Tensor scores = graph.Run(ExplanationRun.Given(LayerGraphBuilder.Input, x), [graph.Output])[graph.Output]!;
        scores.data<float>().ToArray().CopyTo(logits.Values.Span);
    }

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Ready inputs were to be scored.");

    // The network is its owner's.
    public void Dispose()
    {
    }
}
