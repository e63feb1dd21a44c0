using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>A U-Net that learns the lung masks: cross-entropy plus soft Dice.</summary>
internal sealed class LungTask(MapNetwork network, int epochs) : TrainingTask("lungs", 0, epochs)
{
    public override MapNetwork Network { get; } = network;

    public override Tensor Loss(Tensor input, Batch batch, Random random)
    {
        Tensor logits = Network.Logits(input);
        return functional.binary_cross_entropy_with_logits(logits, batch.Lungs) + (1 - SoftDice.Of(logits.sigmoid(), batch.Lungs).mean());
    }

    protected override ValidationMeter Meter(TrainingSet set) => new LungMeter(Network, set.Count);

    private sealed class LungMeter(MapNetwork network, int count) : ValidationMeter
    {
        private double _dice;
        private double _iou;

        public override void Add(Tensor input, Batch batch)
        {
            Tensor found = (network.Logits(input) >= 0).to(ScalarType.Float32);
            Tensor truth = (batch.Lungs >= 0.5).to(ScalarType.Float32);
            Tensor both = (found * truth).sum([1, 2, 3]);
            Tensor sum = found.sum([1, 2, 3]) + truth.sum([1, 2, 3]);
            _dice += (2 * both / sum.clamp_min(1)).sum().item<float>();
            _iou += (both / (sum - both).clamp_min(1)).sum().item<float>();
        }

        public override ValidationFigures Figures() =>
            new(_dice / count, [new("dice", _dice / count), new("iou", _iou / count)]);
    }
}
