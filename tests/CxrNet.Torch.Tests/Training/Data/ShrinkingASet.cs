using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class ShrinkingASet
{
    [Fact]
    public void AFlatPlaneStaysFlatAndASetOfTheSameSideIsItself()
    {
        TrainingSet set = TinySet.Create(4, 1);
        Assert.Same(set, set.At(set.Side));
        Assert.Equal(Enumerable.Repeat((byte)77, 3 * 16 * 16), PlaneBytes.Resize([.. Enumerable.Repeat((byte)77, 3 * 32 * 32)], 32, 16));
    }

    [Fact]
    public void ImagesAndLungsShrinkAlikeAndKeepTheirLabelsAndWeights()
    {
        TrainingSet set = TinySet.Create(8, 1);
        set.Weigh(new TrainingOptions());
        TrainingSet small = set.At(16);

        Assert.Same(small, set.At(16));
        Assert.Equal((16, 8), (small.Side, small.Count));
        Assert.Equal(set.Labels, small.Labels);
        Assert.Equal(set.Weights, small.Weights);

        // The mean of a plane is kept by any filter whose weights sum to one, but for rounding and the border.
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(Mean(set.Images, i, 32), Mean(small.Images, i, 16), 2.0);
            Assert.Equal(Mean(set.Lungs, i, 32), Mean(small.Lungs, i, 16), 2.0);
        }
    }

    [Fact]
    public void ASmallerSetHasTheWeightsOfTheTrainingThatIsAboutToRun()
    {
        TrainingSet set = TinySet.Create(8, 1).With(static (entry, i) => entry with { Source = i < 5 ? "a" : "b" });
        set.Weigh(new TrainingOptions { GroupBalance = 0 });
        Assert.Equal(set.Weights, set.At(16).Weights);
        set.Weigh(new TrainingOptions { GroupBalance = 1 });

        Assert.Equal(set.Weights, set.At(16).Weights);
    }

    private static double Mean(byte[] planes, int index, int side) =>
        planes.AsSpan(index * side * side, side * side).ToArray().Average(static b => (double)b);
}
