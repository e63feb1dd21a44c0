using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class LosingOnLesions
{
    [Fact]
    public void ItIsOneMinusTheDiceOfTheImagesWhoseLesionsAreKnown()
    {
        using var scope = NewDisposeScope();
        Tensor map = rand(4, 1, 8, 8, generator: new Generator(1)), lesions = ones(4, 1, 8, 8);
        lesions[1] = Square(1, 4);
        lesions[2] = Square(3, 8);
        lesions[3] = 0;

        float expected = (OneMinusDice(map[1], lesions[1]) + OneMinusDice(map[2], lesions[2])) / 2;
        Assert.Equal(expected, LesionLoss.Of(map, lesions).item<float>(), 1e-5);
    }

    [Fact]
    public void AMapThatIsTheLesionLosesNothingAndWhereNoneIsKnownNeitherDoesAnother()
    {
        using var scope = NewDisposeScope();
        Tensor square = Square(2, 6).unsqueeze(0);

        Assert.Equal(0, LesionLoss.Of(square, square).item<float>(), 1e-6);
        Assert.Equal(0, LesionLoss.Of(square, ones(1, 1, 8, 8)).item<float>());
    }

    [Fact]
    public void ASetWithoutLesionsIsRefusedBeforeAnythingIsLearnt()
    {
        TrainingSet set = TinySet.Create(32, 1);

        Assert.Contains("lesion masks, or drawn chests", Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, TinySet.Options with { LesionWeight = 1 }, "unused")).Message, StringComparison.Ordinal);
    }

    private static Tensor Square(int from, int to)
    {
        Tensor plane = zeros(1, 8, 8);
        plane.narrow(1, from, to - from).narrow(2, from, to - from).fill_(1);
        return plane;
    }

    private static float OneMinusDice(Tensor map, Tensor lesion) =>
        1 - (((2 * (map * lesion).sum().item<float>()) + 1) / (map.sum().item<float>() + lesion.sum().item<float>() + 1));
}
