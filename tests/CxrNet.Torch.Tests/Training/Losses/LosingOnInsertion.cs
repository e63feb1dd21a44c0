using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class LosingOnInsertion
{
    private readonly CxrNetwork _network = TinyNetworks.Create(TinyNetworks.Product);

    [Fact]
    public void TheGradientReachesTheMapThroughTheOrderOfItsPixelsAlone()
    {
        using var scope = NewDisposeScope();
        Tensor input = Input(), strength = randn([4, 1, TinyNetworks.Side, TinyNetworks.Side], requires_grad: true);
        InsertionLoss.Of(_network, input, strength, zeros(4, ScalarType.Int64), new Random(1)).backward();

        Assert.True(strength.grad!.abs().sum().item<float>() > 0);
        Assert.All(_network.Map.parameters(), static p => Assert.True(p.grad is null || p.grad.abs().sum().item<float>() == 0));
        Assert.All(_network.Map.parameters(), static p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void TheScoringPassMovesNoStatistics()
    {
        using var scope = NewDisposeScope();
        _network.Map.train();
        float[][] before = Statistics();
        InsertionLoss.Of(_network, Input(), randn(4, 1, TinyNetworks.Side, TinyNetworks.Side), zeros(4, ScalarType.Int64), new Random(1));

        Assert.Equal(before, Statistics());
        Assert.True(_network.Map.training);
    }

    [Fact]
    public void ItIsTheCrossEntropyOfTheWholeNetworkOnThatPointOfTheCurve()
    {
        using var scope = NewDisposeScope();
        Tensor input = Input(), strength = randn(4, 1, TinyNetworks.Side, TinyNetworks.Side), answers = tensor(new long[] { 0, 1, 2, 3 });
        float loss = InsertionLoss.Of(_network, input, strength, answers, new Random(5)).item<float>();

        Random same = new(5);
        float expected = 0;
        for (int i = 0; i < 4; i++)
        {
            int count = (int)(MapRanks.DrawShare(same) * TinyNetworks.Side * TinyNetworks.Side);
            Tensor image = input.narrow(0, i, 1), shown = MapRanks.Blur(image).clone();
            foreach (long pixel in strength[i].view(-1).topk(count).indexes.data<long>())
            {
                shown.view(-1)[pixel] = image.view(-1)[pixel];
            }

            _network.eval();
            expected -= _network.forward(shown).Logits.log_softmax(1)[0, i].item<float>() / 4;
        }

        Assert.Equal(expected, loss, 1e-4);
    }

    private static Tensor Input() => Standardization.PerImage(rand(4, 1, TinyNetworks.Side, TinyNetworks.Side, generator: new Generator(3)));

    private float[][] Statistics() => [.. _network.Map.state_dict().Where(static s => s.Key.Contains("running", StringComparison.Ordinal)).Select(static s => s.Value.data<float>().ToArray())];
}
