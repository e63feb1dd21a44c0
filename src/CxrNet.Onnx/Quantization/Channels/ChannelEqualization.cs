namespace CxrNet.Onnx.Quantization;

/// <summary>Gives the channels of a tensor that one scale will serve like ranges, by moving factors from the weights before it into those behind it: the network's numbers stay, their rounding loses less.</summary>
/// <remarks>
/// With r the greatest magnitude of a channel and w that of the weights that read it, the channel is divided by <c>r^a / w^b</c>: a = b = 1/2 leaves both with the same share of their 8 bits (M. Nagel et al., "Data-free quantization through weight equalization and bias correction", arXiv 1906.04721; with measured ranges G. Xiao et al., "SmoothQuant", arXiv 2211.10438), a = 1, b = 0 gives all channels one range.
/// Each group takes what <see cref="ChannelNoise"/> finds best, which may be nothing.
/// In MobileNetV2 the narrow tensors between its blocks gain: nothing bounds them, and their channels differ tenfold.
/// </remarks>
internal static class ChannelEqualization
{
    /// <summary>Of fewer images nothing is equalised: a channel's range is then not known, and one scale of like ranges cuts off each channel that goes beyond what was seen, where before it cut off the greatest alone.</summary>
    public const int LeastImages = 16;

    private static readonly (float OfRange, float OfWeights)[] Exponents = [(0.25f, 0), (0.5f, 0), (0.75f, 0), (1, 0), (0.25f, 0.25f), (0.5f, 0.25f), (0.5f, 0.5f)];

    // A channel of less than the last bit of its neighbours gains nothing more, and beyond what was seen it would be cut off.
    private const float Smallest = 1 / 256f;

    /// <summary>Changes the weights of the graph.</summary>
    /// <param name="file">The model that the graph is of.</param>
    /// <param name="graph">Its constants and normalisations folded.</param>
    /// <param name="plan">What will be rounded; what was asked to stay as it is stays.</param>
    /// <param name="inputs">What the ranges are taken from.</param>
    /// <param name="options">Threads, and how many bits weights have.</param>
    /// <param name="cancellationToken">Stops within one image.</param>
    public static void Apply(OnnxFile file, OnnxGraphEditor graph, QuantizationPlan plan, CalibrationInputs inputs, QuantizationOptions options, CancellationToken cancellationToken)
    {
        HashSet<string> rounded = [.. plan.Tensors];
        ChannelGroup[] groups = [.. ChannelGroup.Find(graph, file.Card.Outputs.Features is { } features ? [features] : [])
            .Where(g => g.Tensors.Any(rounded.Contains) && !g.Writers.Concat(g.Readers).Any(plan.IsExcluded))];
        if (groups.Length == 0 || inputs.Count < LeastImages)
        {
            return;
        }

        List<ChannelStatistics>[] statistics = Observe(file, graph, groups, rounded, inputs, options, cancellationToken);
        HashSet<string> names = graph.Names();
        for (int g = 0; g < groups.Length; g++)
        {
            ChannelNoise noise = new(statistics[g], [.. groups[g].Readers.Select(r => graph.Constants[r.Inputs[1]])], options.WeightLimit);
            if (Best(statistics[g], noise) is { } factors)
            {
                ChannelScaling.Apply(graph, groups[g], factors, names);
            }
        }

        graph.RemoveUnread();
    }

    /// <summary>What each channel is divided by for the least noise, [channels]; null where nothing is gained.</summary>
    public static float[]? Best(IReadOnlyList<ChannelStatistics> tensors, ChannelNoise noise)
    {
        float[] ranges = Floored([.. Enumerable.Range(0, tensors[0].Least.Length).Select(c => tensors.Max(t => t.Magnitude(c)))]);
        float[] weights = Floored(noise.GreatestWeights);
        (float[]? best, double least) = (null, noise.Of([.. ranges.Select(static _ => 1f)]));
        foreach (float[] factors in Exponents.Select(e => Factors(ranges, weights, e.OfRange, e.OfWeights)).Where(static f => f.All(float.IsNormal)))
        {
            if (noise.Of(factors) is double found && found < least)
            {
                (best, least) = (factors, found);
            }
        }

        return best;
    }

    private static float[] Floored(float[] magnitudes)
    {
        float least = magnitudes.Max() * Smallest;
        return Array.ConvertAll(magnitudes, m => Math.Max(m, least));
    }

    private static float[] Factors(float[] ranges, float[] weights, float ofRange, float ofWeights) =>
        [.. ranges.Select((range, c) => MathF.Pow(range, ofRange) / MathF.Pow(weights[c], ofWeights))];

    private static List<ChannelStatistics>[] Observe(OnnxFile file, OnnxGraphEditor graph, ChannelGroup[] groups, HashSet<string> rounded, CalibrationInputs inputs, QuantizationOptions options, CancellationToken cancellationToken)
    {
        List<string> tensors = [];
        List<ChannelStatistics> all = [];
        List<ChannelStatistics>[] byGroup = new List<ChannelStatistics>[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            byGroup[g] = [];
            foreach (string tensor in groups[g].Tensors.Where(rounded.Contains))
            {
                ChannelStatistics statistics = new(groups[g].Channels);
                tensors.Add(tensor);
                all.Add(statistics);
                byGroup[g].Add(statistics);
            }
        }

        using OnnxPart part = OnnxPart.Load(file with { Bytes = graph.Write(tensors) }, new OnnxOptions { IntraOpThreads = options.IntraOpThreads }, "prepared for equalisation");
        int batch = part.FixedBatch(inputs.Name) ?? 1;
        for (int image = 0; image < inputs.Count; image++)
        {
            (long[] shape, ReadOnlyMemory<float> values) = inputs.Batch(image, batch);
            part.Visit([(inputs.Name, shape, values)], tensors, (index, found) => all[index].Observe(found, batch), cancellationToken);
        }

        return byGroup;
    }
}
