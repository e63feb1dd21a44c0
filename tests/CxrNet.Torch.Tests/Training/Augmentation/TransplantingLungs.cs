using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class TransplantingLungs
{
    private const int Side = 96;

    [Fact]
    public void TheOtherBodyStaysAndTheOwnLungsComeIn()
    {
        using var scope = NewDisposeScope();

        // Lungs of another size at another place; inside them a pattern that is this image's alone.
        Tensor lungs = Box(20, 50, 30, 60), bodyLungs = Box(40, 80, 10, 70);
        Tensor image = 0.3 + (0.4 * lungs), body = full([1, 1, Side, Side], 0.5f) + (0.2 * rand(1, 1, Side, Side, generator: new Generator(2)));

        (Tensor moved, Tensor movedLungs, _) = LungTransplant.Apply(image, lungs, body, bodyLungs, 1, 0, new Random(1));

        Assert.Equal(body[0, 0, 5, 5].item<float>(), moved[0, 0, 5, 5].item<float>(), 1e-5f);
        Assert.Equal(body[0, 0, 90, 90].item<float>(), moved[0, 0, 90, 90].item<float>(), 1e-5f);
        Assert.InRange((movedLungs - bodyLungs).abs().mean().item<float>(), 0, 0.02f);
        float inside = moved[0, 0, 40, 60].item<float>(), around = moved[0, 0, 40, 35].item<float>();
        Assert.True(inside > around + 0.1f, $"{inside} inside, {around} beside the lungs");
    }

    [Fact]
    public void DetailStaysThatOfTheOtherLungsWhereAskedFor()
    {
        using var scope = NewDisposeScope();
        Tensor lungs = Box(20, 70, 20, 70);
        Tensor stripes = arange(Side).remainder(2).to(ScalarType.Float32).view(1, 1, 1, Side) - 0.5;
        Tensor image = 0.3 + (0.4 * lungs), body = 0.5 + (0.2 * stripes) + zeros(1, 1, Side, Side);

        Tensor own = LungTransplant.Apply(image, lungs, body, lungs, 1, 0, new Random(1)).Images;
        Tensor other = LungTransplant.Apply(image, lungs, body, lungs, 1, 1, new Random(1)).Images;

        // Deep in the lungs: the stripes are there or not, the shade is the same.
        Assert.Equal(0, Step(own), 1e-4f);
        Assert.InRange(Math.Abs(Step(other)), 0.15f, 0.2f);
        Assert.Equal(Shade(own), Shade(other), 0.05f);

        static float Step(Tensor planes) => planes[0, 0, 45, 45].item<float>() - planes[0, 0, 45, 44].item<float>();
        static float Shade(Tensor planes) => planes.narrow(2, 40, 10).narrow(3, 40, 10).mean().item<float>();
    }

    [Fact]
    public void AnImageThatMayNotBeMovedStays()
    {
        using var scope = NewDisposeScope();
        Tensor lungs = Box(20, 70, 20, 70).expand(2, 1, Side, Side), images = rand(2, 1, Side, Side);

        (Tensor after, _, long[] moved) = LungTransplant.Apply(images, lungs, rand(2, 1, Side, Side), lungs, 1, 0, new Random(1), [false, true]);

        Assert.Equal([1], moved);
        Assert.True(after[0].equal(images[0]).all().item<bool>());
        Assert.False(after[1].equal(images[1]).all().item<bool>());
    }

    [Fact]
    public void AShareOfNoneChangesNothing()
    {
        using var scope = NewDisposeScope();
        Tensor image = rand(2, 1, Side, Side), lungs = cat([Box(20, 50, 30, 60), Box(20, 50, 30, 60)], 0);
        (Tensor moved, Tensor movedLungs, _) = LungTransplant.Apply(image, lungs, rand(2, 1, Side, Side), lungs, 0, 0, new Random(1));
        Assert.True(moved.allclose(image));
        Assert.True(movedLungs.allclose(lungs));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0f)]
    public void WhereOneOfTheTwoHasNoMaskNothingChanges(float unknown)
    {
        using var scope = NewDisposeScope();
        Tensor image = rand(1, 1, Side, Side), lungs = Box(20, 50, 30, 60), none = full_like(lungs, unknown);
        Assert.True(LungTransplant.Apply(image, lungs, rand(1, 1, Side, Side), none, 1, 0, new Random(1)).Images.allclose(image));
        Assert.True(LungTransplant.Apply(image, none, rand(1, 1, Side, Side), lungs, 1, 0, new Random(1)).Images.allclose(image));
    }

    // The stretch that gives an image another's ratio starts from that of the picture that is shown.
    [Fact]
    public void ATransplantedImageHasTheRatioOfItsBody()
    {
        using var scope = NewDisposeScope();
        Tensor lungs = cat([Box(20, 50, 30, 60), ones(1, 1, Side, Side), Box(20, 50, 30, 60)], 0), images = rand(3, 1, Side, Side);
        long[] moved = LungTransplant.Apply(images, lungs, rand(3, 1, Side, Side), Box(40, 80, 10, 70).expand(3, 1, Side, Side), 1, 0, new Random(1)).Moved;
        Assert.Equal([0L, 2], moved);
        Assert.Equal([17, 8, 19], LungTransplant.Films([7, 8, 9], [17, 18, 19], moved));
    }

    [Fact]
    public void ABoxIsWhereTheLungsAre()
    {
        using var scope = NewDisposeScope();
        (LungBox box, bool known) = LungBox.Of(Box(24, 72, 12, 48))[0];
        Assert.True(known);
        Assert.Equal(new LungBox(((2f * 48) / Side) - 1, ((2f * 30) / Side) - 1, 2f * 48 / Side, 2f * 36 / Side), box);
    }

    private static Tensor Box(int left, int right, int top, int bottom)
    {
        Tensor lungs = zeros(1, 1, Side, Side);
        lungs.narrow(2, top, bottom - top).narrow(3, left, right - left).fill_(1);
        return lungs;
    }
}
