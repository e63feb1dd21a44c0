using CxrNet.Torch.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Tests.Training;

public sealed class WeighingHealth
{
    private static readonly int[] Labels = [0, 1, 2, 3, 2, 0];

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void FullWeightIsThePlainCrossEntropy(int healthy)
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn(6, 4) * 3;
        Tensor labels = tensor(Labels.Select(static l => (long)l).ToArray());

        Tensor actual = HealthLoss.Of(logits, labels, healthy, ones(6), smoothing: 0);

        Tensor expected = functional.cross_entropy(logits, labels, reduction: Reduction.None);
        Assert.Equal(0, (expected - actual).abs().max().item<float>(), 1e-4f);
    }

    [Fact]
    public void WithoutWeightADiseaseSaysNothingOfTheHealthyLogit()
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn(1, 4).requires_grad_();

        HealthLoss.Of(logits, tensor(new long[] { 3 }), 0, zeros(1), smoothing: 0).sum().backward();

        Assert.Equal(0, logits.grad![0, 0].item<float>());
        Assert.True(logits.grad![0, 3].item<float>() < 0);
    }

    [Fact]
    public void OnlySourcesThatHaveBothKindsCountInFull() => Assert.Equal(
        [1, 1, 0.25f, 0.25f, 0.25f],
        HealthWeights.Of([0, 2, 0, 3, 3], ["children", "children", "adults", "hospital", "hospital"], healthy: 0, single: 0.25));
}
