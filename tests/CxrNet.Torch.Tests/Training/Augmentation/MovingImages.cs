using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training.Augmentation;

public sealed class MovingImages
{
    private const int Side = 48;

    [Fact]
    public void LungsMoveWithTheirImage()
    {
        using var scope = NewDisposeScope();
        Tensor lungs = zeros(8, 1, Side, Side);
        lungs.narrow(2, 12, 20).narrow(3, 10, 16).fill_(1);

        (Tensor images, Tensor moved) = RandomMotion.Apply(lungs, lungs, new AugmentationOptions(), new Random(1));

        Assert.True((images - moved).abs().max().item<float>() < 1e-5f);
        Assert.False(moved.allclose(lungs));
    }

    [Fact]
    public void EveryPlaneOfMasksMovesByItselfAndUnknownOnesStay()
    {
        using var scope = NewDisposeScope();
        Tensor lungs = zeros(2, 1, Side, Side), lesions = ones(2, 1, Side, Side);
        lungs.narrow(2, 12, 20).narrow(3, 10, 16).fill_(1);
        lesions[1] = lungs[1];

        Tensor moved = RandomMotion.Apply(lungs, cat([lungs, lesions], 1), new AugmentationOptions(), new Random(1)).Masks;

        Assert.Equal(1, moved[0, 1].amin().item<float>());
        Assert.True(moved[1, 1].equal(moved[1, 0]).all().item<bool>());
    }

    [Fact]
    public void LungsThatNobodyKnowsStayUnknown()
    {
        using var scope = NewDisposeScope();
        Tensor unknown = ones(8, 1, Side, Side);

        Tensor moved = RandomMotion.Apply(rand(8, 1, Side, Side), unknown, new AugmentationOptions(), new Random(1)).Masks;

        Assert.True(moved.equal(unknown).all().item<bool>());
        Assert.All(LungBox.Of(moved), static one => Assert.False(one.Known));
    }
}
