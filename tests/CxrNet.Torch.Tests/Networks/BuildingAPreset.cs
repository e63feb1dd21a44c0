using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks;

public sealed class BuildingAPreset
{
    [Theory, InlineData("S", 3.17), InlineData("R", 2.48)]
    public void TheSmallOnesHaveAboutThreeMillionParameters(string name, double millions)
    {
        using CxrNetwork network = new(CxrNetPresets.ByName(name), 4);
        Assert.Equal(millions, network.parameters().Sum(static p => p.numel()) / 1e6, 0.05);
    }

    [Fact]
    public void TheFullOneHasTheParametersOfUNetAndItsContractionPathAgain()
    {
        using CxrNetwork network = new(CxrNetPresets.Full, 4);
        Assert.Equal(49.9, network.parameters().Sum(static p => p.numel()) / 1e6, 1.5);
    }

    [Fact]
    public void OneForwardPassGivesLogitsAndAMapOfTheInputsSize()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork network = new(CxrNetPresets.Small, 4);
        network.eval();

        (Tensor logits, Tensor? map) = network.forward(randn(2, 1, 192, 192));

        Assert.Equal([2, 4], logits.shape);
        Assert.Equal([2, 1, 192, 192], map!.shape);
        Assert.InRange(map.min().item<float>(), 0, 1);
        Assert.InRange(map.max().item<float>(), 0, 1);
    }

    [Fact]
    public void AnUnknownNameIsAnError() => Assert.Throws<ArgumentException>(() => CxrNetPresets.ByName("XL"));
}
