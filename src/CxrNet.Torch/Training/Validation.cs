using CxrNet.Evaluation;
using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Measures a network on images that it does not learn.</summary>
internal static class Validation
{
    public static ValidationFigures Measure(CxrNetwork network, TrainingSet set, Phase phase, TrainingOptions options)
    {
        network.eval();
        using var noGrad = no_grad();
        int[] predicted = new int[set.Count];
        int[] complement = new int[set.Count];
        int[] reference = new int[set.Count];
        double area = 0, energy = 0, lung = 0;
        for (int start = 0; start < set.Count; start += options.BatchSize)
        {
            using var scope = NewDisposeScope();
            int[] rows = [.. Enumerable.Range(start, Math.Min(options.BatchSize, set.Count - start))];
            Batch batch = Batch.Take(set, rows);
            Tensor input = Standardization.PerImage(batch.Images);
            Tensor map = phase.Name == Phase.Encoder ? ones_like(input) : network.Map.forward(input);
            Classes(network.Encoder.forward(network.Feed(input, map)), predicted.AsSpan(start));
            Classes(network.Encoder.forward(network.Feed(input, 1 - map)), complement.AsSpan(start));
            Classes(network.Encoder.forward(network.Feed(input, zeros_like(input))), reference.AsSpan(start));
            area += map.mean([1, 2, 3]).sum().item<float>();
            energy += ((map * batch.Lungs).sum([1, 2, 3]) / map.sum([1, 2, 3])).sum().item<float>();
            lung += batch.Lungs.mean([1, 2, 3]).sum().item<float>();
        }

        ClassificationReport report = ClassificationReport.From(set.Labels, predicted, set.Classes);
        return new ValidationFigures(report.Accuracy, report.MacroF1, Share(complement, set.Labels), Share(reference, set.Labels), area / set.Count, energy / set.Count, lung / set.Count);
    }

    private static void Classes(Tensor logits, Span<int> destination)
    {
        ReadOnlySpan<long> classes = logits.argmax(1).data<long>().ToArray();
        for (int i = 0; i < classes.Length; i++)
        {
            destination[i] = (int)classes[i];
        }
    }

    private static double Share(int[] predicted, int[] truth) =>
        predicted.Zip(truth).Count(static pair => pair.First == pair.Second) / (double)truth.Length;
}
