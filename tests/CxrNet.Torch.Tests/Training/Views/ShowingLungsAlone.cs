using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using CxrNet.Torch.Training.Tasks;
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

    [Fact]
    public void TheSettlingPhaseShowsThemToo()
    {
        using var scope = NewDisposeScope();
        double inside = Difference(new() { Network = TinyNetworks.Product, Side = 96, WholeShare = 1, SettleMapShare = 0, LungShare = 1 });
        double whole = Difference(new() { Network = TinyNetworks.Product, Side = 96, WholeShare = 1, SettleMapShare = 0 });
        Assert.Equal(0, inside);
        Assert.True(whole > 1e-4, $"what lies beyond the lungs moved the loss by {whole}");
    }

    [Fact]
    public void ImagesThatComeThroughTheMapDoSoWhole()
    {
        using var scope = NewDisposeScope();
        Assert.True(Difference(new() { Network = TinyNetworks.Product, Side = 96, SettleMapShare = 1, LungShare = 1 }) > 1e-5);
    }

    // How far the settling loss moves where an image changes beyond lungs and margin.
    private static double Difference(TrainingOptions options)
    {
        random.manual_seed(1);
        using CxrNetwork network = new(options.Network, 4);
        SettleTask task = new(2, network, options, 0, null);
        network.eval();
        Tensor input = randn(4, 1, 96, 96), other = input.clone();
        other.narrow(3, 0, 20).add_(2);
        Batch batch = new(input, Lungs(4), tensor(new long[] { 0, 1, 2, 3 }), ones(4), ones(4), ones(4));
        return Math.Abs(task.Loss(input, batch, new Random(5)).item<float>() - task.Loss(other, batch, new Random(5)).item<float>());
    }

    // Columns 32 to 63 of all rows.
    private static Tensor Lungs(int count)
    {
        Tensor lungs = zeros(count, 1, 96, 96);
        lungs.narrow(3, 32, 32).fill_(1);
        return lungs;
    }
}
