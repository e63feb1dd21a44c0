using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class RevealingPixels
{
    private const int Side = 64;

    [Fact]
    public void EveryPixelIsTheImagesOrTheBlurs()
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(6, 1, Side, Side, generator: new Generator(1)), blur = MapRanks.Blur(input);

        Tensor shown = RandomReveals.Apply(input, 1, new Random(3));

        Tensor either = minimum((shown - input).abs(), (shown - blur).abs());
        Assert.True(either.max().item<float>() < 1e-6f);
        Assert.False(shown.allclose(input));
    }

    [Fact]
    public void AnyShareOfThePixelsComesBack()
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(200, 1, Side, Side, generator: new Generator(1)), blur = MapRanks.Blur(input);

        Tensor shown = RandomReveals.Apply(input, 1, new Random(5));

        float[] shares = ((shown - input).abs() < (shown - blur).abs()).to(ScalarType.Float32).mean([1, 2, 3]).data<float>().ToArray();
        Array.Sort(shares);
        Assert.InRange(shares[20], 0, 0.25f);
        Assert.InRange(shares[100], 0.35f, 0.65f);
        Assert.InRange(shares[180], 0.75f, 1);
    }

    [Fact]
    public void OnlyTheShareAskedForIsChanged()
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(400, 1, 16, 16, generator: new Generator(1));

        Tensor shown = RandomReveals.Apply(input, 0.25, new Random(7));

        int changed = Enumerable.Range(0, 400).Count(i => !shown[i].equal(input[i]).all().item<bool>());
        Assert.InRange(changed, 60, 140);
        Assert.Same(input, RandomReveals.Apply(input, 0, new Random(7)));
    }

    [Fact]
    public void TheSameDrawsGiveTheSameImages()
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(3, 1, Side, Side, generator: new Generator(1));

        Assert.True(RandomReveals.Apply(input, 1, new Random(9)).equal(RandomReveals.Apply(input, 1, new Random(9))).all().item<bool>());
    }
}
