using System.Numerics.Tensors;

namespace CxrNet.Core.Tests.Phantoms;

public sealed class DrawingWhatIsNoChest
{
    public static TheoryData<OffTargetKind> Drawn => [.. OffTargetImage.Drawn];

    [Theory, MemberData(nameof(Drawn))]
    public void ASeedIsAnImageAndAnotherSeedIsAnother(OffTargetKind kind)
    {
        GrayImage first = OffTargetImage.Draw(kind, 1, 60, 50);
        Assert.Equal((60, 50), (first.Width, first.Height));
        Assert.Equal(first.Pixels.ToArray(), OffTargetImage.Draw(kind, 1, 60, 50).Pixels.ToArray());
        Assert.NotEqual(first.Pixels.ToArray(), OffTargetImage.Draw(kind, 2, 60, 50).Pixels.ToArray());
        Assert.All(first.Pixels.ToArray(), static p => Assert.InRange(p, 0, 1));
        Assert.True(TensorPrimitives.Max(first.Pixels) - TensorPrimitives.Min(first.Pixels) > 0.2f);
    }

    [Fact]
    public void TurnsMoveEachPixelWhereItBelongs()
    {
        GrayImage image = new(3, 2, [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);

        GrayImage right = OffTargetImage.From(OffTargetKind.Rotated90, image);
        Assert.Equal((2, 3), (right.Width, right.Height));
        Assert.Equal([0.4f, 0.1f, 0.5f, 0.2f, 0.6f, 0.3f], right.Pixels.ToArray());
        Assert.Equal([0.6f, 0.5f, 0.4f, 0.3f, 0.2f, 0.1f], OffTargetImage.From(OffTargetKind.Rotated180, image).Pixels.ToArray());
        Assert.Equal([0.3f, 0.6f, 0.2f, 0.5f, 0.1f, 0.4f], OffTargetImage.From(OffTargetKind.Rotated270, image).Pixels.ToArray());
        Assert.Equal(image.Pixels.ToArray().Select(static p => 1 - p), OffTargetImage.From(OffTargetKind.Inverted, image).Pixels.ToArray());
    }

    [Fact]
    public void EachKindIsEitherDrawnOrDerived()
    {
        Assert.Equal(Enum.GetValues<OffTargetKind>(), OffTargetImage.Drawn.Concat(OffTargetImage.Derived));
        Assert.Throws<ArgumentOutOfRangeException>(() => OffTargetImage.Draw(OffTargetKind.Inverted, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OffTargetImage.From(OffTargetKind.Hand, new GrayImage(1, 1, [0])));
    }
}
