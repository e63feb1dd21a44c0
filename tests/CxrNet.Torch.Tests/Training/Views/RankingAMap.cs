using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class RankingAMap
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    public void AsManyPixelsAreChosenAsAskedForAndTheyAreTheStrongest(double share)
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn(3, 1, 32, 32);
        Tensor strongest = MapRanks.Strongest(logits, [share, share, share]);

        Assert.Equal(Math.Floor(share * 1024) / 1024, strongest.mean([1, 2, 3])[0].item<float>(), 1e-4);
        float weakestChosen = logits[0].masked_select(strongest[0] > 0.5).min().item<float>();
        float strongestLeft = logits[0].masked_select(strongest[0] < 0.5).max().item<float>();
        Assert.True(weakestChosen > strongestLeft);
    }

    [Fact]
    public void GradientsReachThePixelsNearTheThreshold()
    {
        using var scope = NewDisposeScope();
        Tensor logits = randn([1, 1, 32, 32], requires_grad: true);
        MapRanks.Strongest(logits, [0.2]).sum().backward();

        Tensor gradient = logits.grad!;
        Assert.True((gradient >= 0).all().item<bool>());
        float threshold = logits.detach().view(-1).sort(0, descending: true).Values[204].item<float>();
        Tensor near = (logits.detach() - threshold).abs() < 0.1, far = (logits.detach() - threshold).abs() > 1.5;
        Assert.True(gradient.masked_select(near).mean().item<float>() > 10 * gradient.masked_select(far).mean().item<float>());
    }

    [Fact]
    public void SharesAreDrawnFromAFewPercentToMoreThanHalf()
    {
        Random random = new(1);
        double[] shares = [.. Enumerable.Range(0, 5000).Select(_ => MapRanks.DrawShare(random))];
        Assert.InRange(shares.Min(), 0.02, 0.022);
        Assert.InRange(shares.Max(), 0.58, 0.6);

        // As many below a tenth as above: small shares decide a curve.
        Assert.InRange(shares.Count(static s => s < 0.1095) / 5000.0, 0.47, 0.53);
    }
}
