using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class RevealingWhatTheGradientMarks
{
    private const int Side = 64;

    [Fact]
    public void PixelsAreSharpOrBlurredAndOnlyOfTheShareAskedFor()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinySet.Options.Network);
        Tensor input = rand(8, 1, Side, Side, generator: new Generator(1)), blur = MapRanks.Blur(input);

        Tensor shown = GradientReveals.Apply(network, input, 0.5, new Random(3));

        Assert.Equal(input.shape, shown.shape);
        Assert.True(minimum((shown - input).abs(), (shown - blur).abs()).max().item<float>() < 1e-6f);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(i >= 4, shown[i].equal(input[i]).all().item<bool>());
        }

        Assert.Same(input, GradientReveals.Apply(network, input, 0, new Random(3)));
        Assert.False(shown.requires_grad);
    }

    [Fact]
    public void TheSumOfWhatThePixelsAddIsTheSlopeOfTheProbability()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinySet.Options.Network);
        network.eval();
        Tensor input = rand(4, 1, Side, Side, generator: new Generator(1)), blur = MapRanks.Blur(input), classes = tensor(new long[] { 0, 1, 2, 3 }, [4, 1]);

        Tensor gain = GradientReveals.Gain(network, input, blur, [0.2f, 0.4f, 0.6f, 0.8f], _ => classes);

        using var noGrad = no_grad();
        Tensor point = tensor(new[] { 0.2f, 0.4f, 0.6f, 0.8f }, [4, 1, 1, 1]);
        Tensor At(double step) => network.forward(blur + ((point + step) * (input - blur))).Logits.log_softmax(1).gather(1, classes).view(4);
        Tensor slope = (At(0.01) - At(-0.01)) / 0.02;
        Assert.Equal([4], gain.sum([1, 2, 3]).shape);
        Assert.All(slope.data<float>().Zip(gain.sum([1, 2, 3]).data<float>()), static pair => Assert.Equal(pair.First, pair.Second, Math.Max(1e-3, Math.Abs(pair.First) * 0.05)));
    }

    [Fact]
    public void NeitherWeightsNorStatisticsNorTheModeOfTheNetworkChange()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinySet.Options.Network);
        network.train();
        network.Map.eval();
        Dictionary<string, Tensor> before = network.state_dict().ToDictionary(static named => named.Key, static named => named.Value.clone());

        GradientReveals.Apply(network, rand(4, 1, Side, Side, generator: new Generator(1)), 1, new Random(3));

        Assert.True(network.Encoder.training);
        Assert.All(network.parameters(), static weight => Assert.True(weight.grad is null));
        Assert.All(network.state_dict(), named => Assert.True(named.Value.equal(before[named.Key]).all().item<bool>(), named.Key));
    }
}
