using CxrNet.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>One phase of a run: which part of a network learns, on which loss, for how long, and how it is measured.</summary>
/// <param name="name">As progress and log have it.</param>
/// <param name="index">From 0; part of every random draw's seed.</param>
/// <param name="epochs">How many.</param>
internal abstract class TrainingTask(string name, int index, int epochs)
{
    public string Name { get; } = name;

    public int Index { get; } = index;

    public int Epochs { get; } = epochs;

    /// <summary>The whole network: what checkpoints hold.</summary>
    public abstract Module Network { get; }

    /// <summary>What the optimizer moves.</summary>
    public virtual IEnumerable<Parameter> Parameters => Network.parameters();

    /// <summary>Whether the network is a classifier that has a map.</summary>
    public virtual bool HasMap => false;

    /// <summary>Whether an epoch of it teaches the map.</summary>
    public virtual bool TeachesMap => false;

    /// <summary>Rows and columns of an epoch's images, at most those of the set.</summary>
    public virtual int Side(int epoch) => int.MaxValue;

    /// <summary>What the learning rate is multiplied by.</summary>
    public virtual double RateFactor => 1;

    /// <summary>Sets the parts that learn to training and the rest to inference.</summary>
    public virtual void SetMode() => Network.train();

    /// <summary>What is minimised, a scalar.</summary>
    /// <param name="input">Standardised images, [n, 1, S, S].</param>
    /// <param name="batch">The images before that, with masks and labels.</param>
    /// <param name="random">Follows from seed, phase, epoch and step.</param>
    public abstract Tensor Loss(Tensor input, Batch batch, Random random);

    /// <summary>Figures on images that are not learnt.</summary>
    /// <param name="set">The images.</param>
    /// <param name="batchSize">How many are measured at once.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    public ValidationFigures Measure(TrainingSet set, int batchSize, CancellationToken cancellationToken)
    {
        Network.eval();
        HalfPrecision.Set(Network, false);
        using var noGrad = no_grad();
        ValidationMeter meter = Meter(set);
        for (int start = 0; start < set.Count; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Batch batch = Batch.Take(set, [.. Enumerable.Range(start, Math.Min(batchSize, set.Count - start))]);
            meter.Add(Standardization.PerImage(batch.Images), batch);
        }

        return meter.Figures();
    }

    protected abstract ValidationMeter Meter(TrainingSet set);
}
