using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class ShowingLungsAlone
{
    [Fact]
    public void AShareOfNoneChangesNothing()
    {
        using var scope = NewDisposeScope();
        Tensor masks = rand(4, 1, 96, 96);
        Assert.True(LungViews.Show(masks, Lungs(4), 0, new Random(1)).Equals(masks));
    }

    [Fact]
    public void AFullShareShowsTheLungsAndAMarginAtMost()
    {
        using var scope = NewDisposeScope();
        for (int seed = 0; seed < 8; seed++)
        {
            Tensor shown = LungViews.Show(zeros(4, 1, 96, 96), Lungs(4), 1, new Random(seed));
            Assert.Equal(1, shown[0, 0, 48, 48].item<float>());
            Assert.Equal(0, shown[0, 0, 48, 32 - 7].item<float>());
            Assert.True(shown.mean().item<float>() >= Lungs(4).mean().item<float>());
        }
    }

    // Columns 32 to 63 of all rows.
    private static Tensor Lungs(int count)
    {
        Tensor lungs = zeros(count, 1, 96, 96);
        lungs.narrow(3, 32, 32).fill_(1);
        return lungs;
    }
}
