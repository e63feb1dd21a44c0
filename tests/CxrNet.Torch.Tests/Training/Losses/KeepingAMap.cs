using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class KeepingAMap
{
    private static readonly TrainingOptions Short = TinySet.Options with { EncoderEpochs = 1, MapEpochs = 2 };

    [Fact]
    public void ItIsTheCrossEntropyWithTheMapAsItWasOnRadiographsAlone()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(Short.Network);
        using KeptMap kept = KeptMap.Of(network, Short, isLearnt: true);
        Tensor input = rand(3, 1, 32, 32, generator: new Generator(1)), strength = randn(3, 1, 32, 32, generator: new Generator(2)), before = network.Map.forward(input);
        using (no_grad())
        {
            network.Map.parameters().First().add_(1);
        }

        Tensor now = strength.sigmoid(), each = -((before * now.log()) + ((1 - before) * (1 - now).log())).mean([1, 2, 3]);

        Assert.Equal(((each[0] + each[2]) / 2).item<float>(), kept.Loss(input, strength, tensor([1f, 0, 1])).item<float>(), 1e-5);
        Assert.Equal(0, kept.Loss(input, strength, zeros(3)).item<float>());
    }

    [Fact]
    public void WhatDrawnChestsTeachMovesTheMapOfOtherImagesLess()
    {
        string start = Run(Short, TinySet.Create(64, 1));
        TrainingOptions more = Short with { EncoderEpochs = 0, MapEpochs = 4, InitialWeights = start, LesionWeight = 2, PeakLearningRate = 3e-3 };
        TrainingSet set = TinySet.Create(64, 1).WithPhantoms(64);

        double free = Moved(start, Run(more, set)), held = Moved(start, Run(more with { KeepMapWeight = 8 }, set));

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"moved by {free:F3}, held {held:F3}"));
        Assert.True(held < 0.6 * free, FormattableString.Invariant($"moved by {free}, held {held}"));
    }

    private static string Run(TrainingOptions options, TrainingSet set) =>
        new CxrTrainer(set, TinySet.Create(16, 2), options, Directory.CreateTempSubdirectory().FullName).Run();

    // The mean difference of two maps on images like those that the first one learnt from.
    private static double Moved(string first, string second)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor input = Standardization.PerImage(Batch.Take(TinySet.Create(32, 3), [.. Enumerable.Range(0, 32)]).Images);
        return (Map(first) - Map(second)).abs().mean().item<float>();

        Tensor Map(string file)
        {
            CxrNetwork network = new(Short.Network, 4);
            Checkpoint.Copy(file, network.state_dict());
            network.eval();
            return network.Map.forward(input);
        }
    }
}
