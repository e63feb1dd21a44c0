using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks;

public sealed class ComputingInHalfPrecision
{
    [Theory, InlineData("S"), InlineData("R")]
    public void OutputsAndGradientsAreNearThoseOfSinglePrecision(string preset)
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(CxrNetPresets.ByName(preset));
        Tensor input = randn(2, 1, 64, 64, generator: new Generator(1));

        (float[] logits, float[] gradient) single = Pass(network, input);
        HalfPrecision.Set(network, true);
        (float[] logits, float[] gradient) half = Pass(network, input);
        HalfPrecision.Set(network, false);

        Assert.NotEqual(single.logits, half.logits);
        Assert.InRange(Correlation(single.logits, half.logits), 0.99, 1);
        Assert.InRange(Correlation(single.gradient, half.gradient), 0.9, 1);
        Assert.Equal(single.logits, Pass(network, input).Logits);
    }

    [Fact]
    public void ALungSegmenterToo()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using MapNetwork network = new(CxrNetPresets.Lungs, folded: false);
        network.eval();
        Tensor input = randn(2, 1, 64, 64, generator: new Generator(1));
        Tensor single = network.forward(input);
        HalfPrecision.Set(network, true);
        Tensor half = network.forward(input);

        Assert.Equal(ScalarType.Float32, half.dtype);
        Assert.InRange((single - half).abs().max().item<float>(), 0, 0.05f);
    }

    private static (float[] Logits, float[] Gradient) Pass(CxrNetwork network, Tensor input)
    {
        Tensor leaf = input.detach().requires_grad_(true);
        Tensor logits = network.forward(leaf).Logits;
        Tensor gradient = autograd.grad([logits.select(1, 0).sum()], [leaf])[0];
        return ([.. logits.data<float>()], [.. gradient.data<float>()]);
    }

    private static double Correlation(float[] a, float[] b)
    {
        double dot = a.Zip(b, static (x, y) => (double)x * y).Sum(), of = a.Sum(static x => (double)x * x) * b.Sum(static y => (double)y * y);
        return dot / Math.Sqrt(of);
    }
}
