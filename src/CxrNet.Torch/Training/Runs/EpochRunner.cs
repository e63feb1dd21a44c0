using System.Diagnostics;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Runs the steps of an epoch.</summary>
internal sealed class EpochRunner(TrainingSet set, TrainingOptions options, TrainingTask task, WeightAverage average, AdamW optimizer)
{
    public EpochSummary Run(int epoch, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        int steps = set.Count / options.BatchSize;
        int[] order = [.. Enumerable.Range(0, set.Count)];
        RandomFor(epoch, -1).Shuffle(order);
        task.SetMode();
        HalfPrecision.Set(task.Network, options.HalfPrecision);
        Stopwatch clock = Stopwatch.StartNew();
        Stopwatch loader = new();
        double loss = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long total = ((long)epoch * steps) + step;
            loss += Step(order.AsSpan(step * options.BatchSize, options.BatchSize), RandomFor(epoch, step), total, task.Side(epoch), (long)task.Epochs * steps, loader);
            if (step % 10 == 9)
            {
                progress?.Report(Report(epoch, step + 1, steps, loss, clock, loader));
            }
        }

        TrainingProgress last = Report(epoch, steps, steps, loss, clock, loader);
        return new EpochSummary(steps, last.Loss, last.ImagesPerSecond, last.LoaderShare, clock.Elapsed.TotalSeconds, last.Remaining);
    }

    private double Step(ReadOnlySpan<int> rows, Random random, long step, int side, long steps, Stopwatch loader)
    {
        using var scope = NewDisposeScope();
        loader.Start();
        TrainingSet sized = set.At(side);
        Batch batch = Batch.Take(sized, rows);
        batch = Vary(batch, rows, sized, random);
        Tensor input = Standardization.PerImage(batch.Images);
        loader.Stop();
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = task.RateFactor * LearningRate.At(step, steps, options);
        }

        optimizer.zero_grad();
        Tensor loss = task.Loss(input, batch, random);
        float value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw new CxrModelException("training", $"The loss of phase '{task.Name}' became {value} at step {step}; lower the learning rate.");
        }

        loss.backward();
        nn.utils.clip_grad_norm_(optimizer.parameters().OfType<Parameter>(), options.GradientClip);
        optimizer.step();
        using (no_grad())
        {
            average.Update(step);
        }

        return value;
    }

    private Batch Vary(Batch batch, ReadOnlySpan<int> rows, TrainingSet sized, Random random)
    {
        AugmentationOptions augmentation = options.Augmentation;
        (Tensor images, Tensor lungs, Tensor? lesions) = (batch.Images, batch.Lungs, batch.Lesions);
        ReadOnlySpan<int> films = rows;
        if (augmentation.TransplantShare > 0)
        {
            int[] others = set.DrawFromOtherSources(rows, random);
            Batch bodies = Batch.Take(sized, others);
            bool[] movable = [.. batch.Radiographs.data<float>().Select(static one => one > 0)];
            (images, lungs, long[] moved) = LungTransplant.Apply(images, lungs, bodies.Images, bodies.Lungs, augmentation.TransplantShare, augmentation.DetailShare, random, movable);
            films = LungTransplant.Films(rows, others, moved);
            lesions = lesions?.index_fill(0, tensor(moved), 1);
        }

        float[] stretches = AspectExchange.Draw(set.LogAspects, films, augmentation.AspectExchange, random);
        FramingChange?[] framings = augmentation.FramingExchange > 0 ? FramingExchange.Draw(set.Boxes, lungs, augmentation.FramingExchange, random) : [];
        (images, Tensor masks) = Augmenter.Apply(images, lesions is null ? lungs : cat([lungs, lesions], 1), augmentation, random, stretches, framings);
        return batch with { Images = images, Lungs = masks.narrow(1, 0, 1), Lesions = lesions is null ? null : masks.narrow(1, 1, 1) };
    }

    private TrainingProgress Report(int epoch, int step, int steps, double loss, Stopwatch clock, Stopwatch loader)
    {
        double rate = step * options.BatchSize / clock.Elapsed.TotalSeconds;
        double left = ((double)(task.Epochs - epoch - 1) * steps) + (steps - step);
        return new TrainingProgress(task.Name, epoch + 1, task.Epochs, step, steps, loss / step, rate, loader.Elapsed / clock.Elapsed, TimeSpan.FromSeconds(left * options.BatchSize / rate), null);
    }

    // Splitmix of the four numbers: neighbouring seeds must not give related draws.
    private Random RandomFor(int epoch, int step)
    {
        ulong z = ((ulong)(uint)options.Seed << 32) ^ ((ulong)(uint)task.Index << 28) ^ ((ulong)(uint)epoch << 14) ^ (uint)(step + 1);
        z = (z + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(z >> 33));
    }
}
