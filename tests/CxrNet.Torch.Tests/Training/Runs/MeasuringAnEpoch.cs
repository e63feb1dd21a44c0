using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using CxrNet.Torch.Training.Tasks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class MeasuringAnEpoch
{
    private static readonly TrainingSet Set = TinySet.Create(32, 1);

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void AScoreThatIsNoNumberEndsTheRunAsALossWould(double score)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        using MapNetwork network = new(TinyNetworks.Product, folded: false);
        TrainingRun run = new(Set, Set, TinySet.Options, folder);

        CxrModelException error = Assert.Throws<CxrModelException>(() => run.Run([new Scored(network, score)], startsWithMap: false, null, CancellationToken.None));

        Assert.Contains("The score of phase 'scored' on the validation images became", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower the learning rate", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Checkpoint.BestFile(folder)));
    }

    [Fact]
    public void AnEncodersPhaseHasNoFiguresOfAMap()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        ValidationFigures figures = new EncoderTask(0, network, TinySet.Options, 0, null).Measure(Set, 16, CancellationToken.None);
        Assert.Equal(["accuracy", "macro_f1", "reference_accuracy"], figures.Values.Select(static figure => figure.Key));
    }

    [Fact]
    public void ItEndsBeforeTheNextBatchWhenItIsCancelled()
    {
        using MapNetwork network = new(TinyNetworks.Product, folded: false);
        using CancellationTokenSource stop = new();
        Scored task = new(network, 1) { Seen = stop.Cancel };

        Assert.Throws<OperationCanceledException>(() => task.Measure(Set, 8, stop.Token));

        Assert.Equal(1, task.Batches);
    }

    private sealed class Scored(MapNetwork network, double score) : TrainingTask("scored", 0, 1)
    {
        public override MapNetwork Network { get; } = network;

        public Action? Seen { get; init; }

        public int Batches { get; private set; }

        public override Tensor Loss(Tensor input, Batch batch, Random random) => Network.Logits(input).mean();

        protected override ValidationMeter Meter(TrainingSet set) => new Fixed(this, score);

        private sealed class Fixed(Scored task, double score) : ValidationMeter
        {
            public override void Add(Tensor input, Batch batch)
            {
                task.Batches++;
                task.Seen?.Invoke();
            }

            public override ValidationFigures Figures() => new(score, [new("score", score)]);
        }
    }
}
