using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class RevealingWhatAMapMarks
{
    private const int Side = 64;

    [Fact]
    public void TheMapsStrongestPixelsAreSharpAndTheOthersBlurred()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinySet.Options.Network);
        Tensor input = rand(6, 1, Side, Side, generator: new Generator(1)), blur = MapRanks.Blur(input);

        Tensor shown = MapReveals.Apply(network.Map, input, 1, new Random(3));

        Tensor strength = network.Map.Logits(input), sharp = (shown - input).abs() < (shown - blur).abs();
        Assert.True(minimum((shown - input).abs(), (shown - blur).abs()).max().item<float>() < 1e-6f);
        for (int i = 0; i < 6; i++)
        {
            float weakest = strength[i][sharp[i]].min().item<float>(), strongest = strength[i][~sharp[i]].max().item<float>();
            Assert.True(weakest >= strongest, $"image {i}: a sharp pixel has {weakest}, a blurred one {strongest}");
        }
    }

    [Fact]
    public void OnlyTheShareAskedForIsChangedAndNoGradientIsRecorded()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinySet.Options.Network);
        Tensor input = rand(60, 1, Side, Side, generator: new Generator(1));

        Tensor shown = MapReveals.Apply(network.Map, input, 0.5, new Random(7));

        Assert.InRange(Enumerable.Range(0, 60).Count(i => !shown[i].equal(input[i]).all().item<bool>()), 15, 45);
        Assert.False(shown.requires_grad);
        Assert.Same(input, MapReveals.Apply(network.Map, input, 0, new Random(7)));
    }
}
