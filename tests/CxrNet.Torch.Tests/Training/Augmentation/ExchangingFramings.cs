using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class ExchangingFramings
{
    private static readonly AugmentationOptions Still = new() { Angle = 0, Shift = 0, Scale = 0, Aspect = 0, LogGamma = 0, LocalContrast = 0, Blur = 0, Noise = 0 };
    private static readonly LungBox Near = new(0, 0.1f, 1.6f, 1.6f), Far = new(0.1f, -0.1f, 1.2f, 1.2f);

    [Fact]
    public void LungsLieAfterwardsWhereThoseOfAnotherImageLie()
    {
        using var scope = NewDisposeScope();
        (Tensor images, Tensor lungs) = Chest();
        LungBox own = LungBox.Of(lungs)[0].Box;
        LungBox target = new(0.1f, -0.1f, own.Width * 1.2f, own.Height * 0.9f);
        (Tensor shown, Tensor moved) = RandomMotion.Apply(images, lungs, Still, new Random(1), default, [FramingChange.Between(own, target)]);

        // To the pixel, of which there are 96 on a length of 2.
        LungBox found = LungBox.Of(moved)[0].Box;
        Assert.Equal(target.CenterX, found.CenterX, 0.03f);
        Assert.Equal(target.CenterY, found.CenterY, 0.03f);
        Assert.Equal(target.Width, found.Width, 0.05f);
        Assert.Equal(target.Height, found.Height, 0.05f);
        Assert.True(shown.allclose(moved, 0, 1e-3), "The image did not move with its lungs.");
    }

    [Fact]
    public void SickAndHealthyEndWithTheSamePlaces()
    {
        using var scope = NewDisposeScope();
        (_, Tensor lungs) = Chest();
        LungBox own = LungBox.Of(lungs)[0].Box;
        LungBox[] places = [Near, Far];
        FramingChange?[] changes = FramingExchange.Draw(places, lungs.expand(2000, 1, 96, 96), 1, new Random(2));
        Assert.All(changes, change => Assert.Contains(places, place => FramingChange.Between(own, place) == change));
        Assert.InRange(changes.Count(change => change == FramingChange.Between(own, Near)), 900, 1100);
    }

    [Fact]
    public void OnlyAShareOfTheImagesIsChanged()
    {
        using var scope = NewDisposeScope();
        (_, Tensor lungs) = Chest();
        Assert.InRange(FramingExchange.Draw([Near, Far], lungs.expand(1000, 1, 96, 96), 0.25, new Random(3)).Count(static change => change is not null), 200, 300);
    }

    [Fact]
    public void AnImageWithoutKnownLungsStaysAsItIs()
    {
        using var scope = NewDisposeScope();
        Assert.All(FramingExchange.Draw([Near], ones(4, 1, 96, 96), 1, new Random(4)), static change => Assert.Null(change));
    }

    [Fact]
    public void AMaskThatLostALungMovesNothing()
    {
        using var scope = NewDisposeScope();
        Tensor half = zeros(1, 1, 96, 96);
        half.narrow(2, 10, 70).narrow(3, 10, 25).fill_(1);
        Assert.Null(Assert.Single(FramingExchange.Draw([Near], half, 1, new Random(5))));
    }

    [Fact]
    public void NothingIsDrawnWhereNothingIsAskedForOrKnown()
    {
        using var scope = NewDisposeScope();
        (_, Tensor lungs) = Chest();
        Random random = new(6), untouched = new(6);
        Assert.Empty(FramingExchange.Draw([Near], lungs, 0, random));
        Assert.Empty(FramingExchange.Draw([], lungs, 1, random));
        Assert.Equal(untouched.Next(), random.Next());
    }

    [Fact]
    public void ASetKnowsThePlacesOfTheLungsThatItHas()
    {
        byte[] planes = new byte[2 * 96 * 96];
        planes.AsSpan(96 * 96).Fill(255);
        for (int y = 24; y < 72; y++)
        {
            planes.AsSpan((y * 96) + 12, 72).Fill(255);
        }

        TrainingSet set = new(96, ["a"], new byte[planes.Length], planes, [0, 0], [new("first", "a", "train"), new("second", "a", "train")]);
        Assert.Equal(new LungBox(0, 0, 1.5f, 1), Assert.Single(set.Boxes));
    }

    [Fact]
    public void ASetWithoutKnownLungsIsRefused()
    {
        TrainingSet known = TinySet.Create(32, 1);
        TrainingSet unknown = new(known.Side, known.Classes, known.Images, [.. Enumerable.Repeat((byte)255, known.Lungs.Length)], known.Labels, known.Entries);
        TrainingOptions options = TinySet.Options with { Augmentation = TinySet.Options.Augmentation with { FramingExchange = 0.5 } };
        Assert.Contains("those of no image are known", Assert.Throws<ArgumentException>(() => new CxrTrainer(unknown, known, options, "none")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageThatIsFramedAnewKeepsNoRatioOfAThird()
    {
        using var scope = NewDisposeScope();
        (Tensor images, Tensor lungs) = Chest();
        LungBox own = LungBox.Of(lungs)[0].Box;
        Tensor framed = RandomMotion.Apply(images, lungs, Still, new Random(7), default, [FramingChange.Between(own, Far)]).Images;
        Tensor both = RandomMotion.Apply(images, lungs, Still, new Random(7), [0.4f], [FramingChange.Between(own, Far)]).Images;
        Assert.True(both.equal(framed).all().item<bool>());
    }

    private static (Tensor Images, Tensor Lungs) Chest()
    {
        Tensor lungs = zeros(1, 1, 96, 96);
        lungs.narrow(2, 16, 60).narrow(3, 12, 66).fill_(1);
        return (lungs.clone(), lungs);
    }
}
