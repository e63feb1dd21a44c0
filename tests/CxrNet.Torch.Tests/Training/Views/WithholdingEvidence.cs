using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using CxrNet.Torch.Training.Tasks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class WithholdingEvidence
{
    private const int Side = 64;

    [Fact]
    public void ChangedImagesAreNamedAndTheOthersStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        Tensor input = Images(80);

        (Tensor shown, Tensor withheld) = WithheldEvidence.Apply(network.Map, input, Lungs(80), 0.5, new Random(7));

        for (int i = 0; i < 80; i++)
        {
            Assert.Equal(withheld[i].item<float>() == 0, shown[i].equal(input[i]).all().item<bool>());
        }

        Assert.InRange(withheld.sum().item<float>(), 25, 55);
        Assert.False(shown.requires_grad);
    }

    [Fact]
    public void AShareOfNoneChangesNothing()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        Tensor input = Images(4);
        (Tensor shown, Tensor withheld) = WithheldEvidence.Apply(network.Map, input, Lungs(4), 0, new Random(7));
        Assert.Same(input, shown);
        Assert.Equal(0, withheld.abs().sum().item<float>());
    }

    [Fact]
    public void TheStrongestPixelsAreGoneOrTheLungsAre()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        Tensor input = Images(80), lungs = Lungs(80), strength = network.Map.Logits(input);

        Tensor shown = WithheldEvidence.Apply(network.Map, input, lungs, 1, new Random(3)).Shown;

        int withoutLungs = 0;
        for (int i = 0; i < 80; i++)
        {
            Tensor inside = shown[i][lungs[i] > 0.5];
            if ((inside.max() - inside.min()).item<float>() < 1e-6f)
            {
                Assert.Equal(0, inside[0].item<float>(), 1e-4f);
                Assert.Equal(1, shown[i].std(unbiased: false).item<float>(), 1e-3f);
                withoutLungs++;
                continue;
            }

            Tensor changed = shown[i] != input[i];
            Assert.InRange(changed.to(ScalarType.Float32).mean().item<float>(), 0.24f, 0.61f);
            Assert.True(strength[i][changed].min().item<float>() >= strength[i][~changed].max().item<float>(), $"image {i}: a pixel that stayed is stronger than one that went");
        }

        Assert.InRange(withoutLungs, 20, 60);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void LungsThatNobodyKnowsAreNotTakenAway(int mask)
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        Tensor input = Images(40);

        Tensor shown = WithheldEvidence.Apply(network.Map, input, full([40, 1, Side, Side], mask, ScalarType.Float32), 1, new Random(3)).Shown;

        for (int i = 0; i < 40; i++)
        {
            Assert.InRange((shown[i] != input[i]).to(ScalarType.Float32).mean().item<float>(), 0.24f, 0.61f);
        }
    }

    [Fact]
    public void SettlingAsksForEqualAnswersWhateverTheLabelSays()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Loss(1, 0), Loss(1, 3));
        Assert.NotEqual(Loss(0, 0), Loss(0, 3));

        static float Loss(double share, long label)
        {
            using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
            SettleTask task = new(2, network, new() { Network = TinyNetworks.Product, Side = Side, WholeShare = 1, SettleMapShare = 1, SettleWithheldShare = share }, 0, null);
            return task.Loss(Images(4), new(Images(4), Lungs(4), full([4], label, ScalarType.Int64), ones(4), ones(4), ones(4)), new Random(5)).item<float>();
        }
    }

    private static Tensor Images(int count) => randn(count, 1, Side, Side, generator: new Generator(1));

    // Columns 16 to 31 of all rows.
    private static Tensor Lungs(int count)
    {
        Tensor lungs = zeros(count, 1, Side, Side);
        lungs.narrow(3, 16, 16).fill_(1);
        return lungs;
    }
}
