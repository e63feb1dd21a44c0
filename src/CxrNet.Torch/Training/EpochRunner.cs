using System.Diagnostics;
using CxrNet.Torch.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Runs the steps of an epoch.</summary>
internal sealed class EpochRunner : IDisposable
{
    private readonly TrainingSet _set;
    private readonly TrainingOptions _options;
    private readonly Phase _phase;
    private readonly CxrNetwork _network;
    private readonly WeightAverage _average;
    private readonly AdamW _optimizer;
    private readonly Tensor _classWeights;
    private readonly Losses _losses;

    public EpochRunner(TrainingSet set, TrainingOptions options, Phase phase, CxrNetwork network, WeightAverage average, AdamW optimizer)
    {
        (_set, _options, _phase, _network, _average, _optimizer) = (set, options, phase, network, average, optimizer);
        _classWeights = tensor(ClassWeights.Of(set.Labels, set.Classes.Count, options.ClassBalance)).DetachFromDisposeScope();
        _losses = new Losses(options, _classWeights);
    }

    public EpochSummary Run(int epoch, IProgress<TrainingProgress>? progress, TimeSpan later, CancellationToken cancellationToken)
    {
        int steps = _set.Count / _options.BatchSize;
        int[] order = [.. Enumerable.Range(0, _set.Count)];
        RandomFor(epoch, -1).Shuffle(order);
        _phase.SetMode(_network);
        Stopwatch clock = Stopwatch.StartNew();
        Stopwatch loader = new();
        double loss = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long total = ((long)epoch * steps) + step;
            loss += Step(order.AsSpan(step * _options.BatchSize, _options.BatchSize), RandomFor(epoch, step), total, (long)_phase.Epochs * steps, loader);
            if (step % 10 == 9)
            {
                progress?.Report(Report(epoch, step + 1, steps, loss, clock, loader, later));
            }
        }

        TrainingProgress last = Report(epoch, steps, steps, loss, clock, loader, later);
        return new EpochSummary(steps, last.Loss, last.ImagesPerSecond, last.LoaderShare, clock.Elapsed.TotalSeconds, last.Remaining);
    }

    public void Dispose() => _classWeights.Dispose();

    private double Step(ReadOnlySpan<int> rows, Random random, long step, long steps, Stopwatch loader)
    {
        using var scope = NewDisposeScope();
        torch.random.manual_seed(random.NextInt64());
        loader.Start();
        Batch batch = Batch.Take(_set, rows);
        (Tensor images, Tensor lungs) = Augmentation.Apply(batch.Images, batch.Lungs, random);
        Tensor input = Standardization.PerImage(images);
        loader.Stop();
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = LearningRate.At(step, steps, _options);
        }

        _optimizer.zero_grad();
        Tensor loss = _phase.Loss(_losses, _network, input, batch with { Images = images, Lungs = lungs }, random);
        float value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw new CxrModelException("training", $"The loss of phase '{_phase.Name}' became {value} at step {step}; lower the learning rate.");
        }

        loss.backward();
        nn.utils.clip_grad_norm_(_optimizer.parameters().OfType<Parameter>(), _options.GradientClip);
        _optimizer.step();
        using (no_grad())
        {
            _average.Update(step);
        }

        return value;
    }

    private TrainingProgress Report(int epoch, int step, int steps, double loss, Stopwatch clock, Stopwatch loader, TimeSpan later)
    {
        double rate = step * _options.BatchSize / clock.Elapsed.TotalSeconds;
        double left = ((double)(_phase.Epochs - epoch - 1) * steps) + (steps - step);
        return new TrainingProgress(_phase.Name, epoch + 1, _phase.Epochs, step, steps, loss / step, rate, loader.Elapsed / clock.Elapsed, later + TimeSpan.FromSeconds(left * _options.BatchSize / rate), null);
    }

    // Splitmix of the four numbers: neighbouring seeds must not give related draws.
    private Random RandomFor(int epoch, int step)
    {
        ulong z = ((ulong)(uint)_options.Seed << 32) ^ ((ulong)(uint)_phase.Index << 28) ^ ((ulong)(uint)epoch << 14) ^ (uint)(step + 1);
        z = (z + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(z >> 33));
    }
}
