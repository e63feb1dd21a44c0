using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using CxrNet.Torch.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class VaryingABatch
{
    private static readonly AugmentationOptions TransplantsAlone = new() { Angle = 0, Shift = 0, Scale = 0, Aspect = 0, LogGamma = 0, LocalContrast = 0, Blur = 0, Noise = 0, TransplantShare = 1 };

    // A drawing that became half a radiograph would still be called a drawing, and a radiograph with drawn ribs a radiograph.
    [Fact]
    public void LungsAreExchangedBetweenRadiographsAndDrawnChestsStayAsTheyAre()
    {
        TrainingSet set = TinySet.Create(64, 1).With(static (entry, i) => entry with { Source = i % 2 == 0 ? "a" : "b" }).WithPhantoms(64);
        TrainingOptions options = TinySet.Options with { Augmentation = TransplantsAlone };
        using MapNetwork network = new(TinyNetworks.Product, folded: false);
        using WeightAverage average = new(network, 0);
        using AdamW optimizer = optim.AdamW(network.parameters());
        Looking task = new(network, set);

        new EpochRunner(set, options, task, average, optimizer).Run(0, null, CancellationToken.None);

        Assert.Equal(64, task.Drawn.Count);
        Assert.All(task.Drawn, static distance => Assert.InRange(distance, 0, 0.001));
        Assert.True(task.Radiographs.Count(static distance => distance > 0.005) > 32, string.Join(' ', task.Radiographs));
    }

    /// <summary>Measures how far each image is from the nearest of the set: 0 where it was left alone.</summary>
    private sealed class Looking(MapNetwork network, TrainingSet set) : TrainingTask("looking", 0, 1)
    {
        public override MapNetwork Network { get; } = network;

        public List<double> Drawn { get; } = [];

        public List<double> Radiographs { get; } = [];

        public override Tensor Loss(Tensor input, Batch batch, Random random)
        {
            Tensor all = Batch.Take(set, [.. Enumerable.Range(0, set.Count)]).Images.flatten(1);
            double[] distances = [.. (cdist(batch.Images.flatten(1), all, p: 1).amin([1]) / all.shape[1]).data<float>().Select(static d => (double)d)];
            foreach ((double distance, float isRadiograph) in distances.Zip(batch.Radiographs.data<float>()))
            {
                (isRadiograph > 0 ? Radiographs : Drawn).Add(distance);
            }

            return Network.Logits(input).mean();
        }

        protected override ValidationMeter Meter(TrainingSet validation) => throw new NotSupportedException();
    }
}
