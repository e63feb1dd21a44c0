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

    private static readonly (float OfRange, float OfWeights)[] Exponents = [(0, 0), (0.25f, 0), (0.5f, 0), (0.75f, 0), (1, 0), (0.25f, 0.25f), (0.5f, 0.25f), (0.5f, 0.5f)];

    public static void Apply(OnnxFile file, OnnxGraphEditor graph, CalibrationInputs inputs, QuantizationOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChannelGroup> groups = ChannelGroup.Find(graph);
        if (groups.Count == 0 || inputs.Count < LeastImages)
        {
            return;
        }

        List<ChannelStatistics>[] statistics = Observe(file, graph, groups, inputs, options, cancellationToken);
        for (int g = 0; g < groups.Count; g++)
        {
            ChannelScaling.Apply(graph, groups[g], Best(statistics[g], [.. groups[g].Readers.Select(r => graph.Constants[r.Inputs[1]])]));
        }

        graph.RemoveUnread();
    }

    /// <summary>What each channel is divided by for the least noise.</summary>
    public static float[] Best(IReadOnlyList<ChannelStatistics> tensors, IReadOnlyList<OnnxTensor> readers)
    {
        ChannelNoise noise = new(tensors, readers);
        float[] ranges = [.. Enumerable.Range(0, tensors[0].Least.Length).Select(c => tensors.Max(t => Math.Max(-t.Least[c], t.Greatest[c])))];
        return Exponents.Select(e => Factors(ranges, noise.GreatestWeights, e.OfRange, e.OfWeights)).MinBy(f => noise.Of(f))!;
    }

    // 1 for a channel that is never anything or that nobody weighs.
    private static float[] Factors(float[] ranges, float[] weights, float ofRange, float ofWeights)
    {
        float[] factors = new float[ranges.Length];
        for (int c = 0; c < factors.Length; c++)
        {
            float factor = MathF.Pow(ranges[c], ofRange) / MathF.Pow(weights[c], ofWeights);
            factors[c] = float.IsNormal(factor) ? factor : 1;
        }

        return factors;
    }

    private static List<ChannelStatistics>[] Observe(OnnxFile file, OnnxGraphEditor graph, IReadOnlyList<ChannelGroup> groups, CalibrationInputs inputs, QuantizationOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, List<OnnxNode>> readers = graph.Readers();
        List<string> tensors = [];
        List<ChannelStatistics> all = [];
        List<ChannelStatistics>[] byGroup = new List<ChannelStatistics>[groups.Count];
        for (int g = 0; g < groups.Count; g++)
        {
            byGroup[g] = [];
            foreach (string tensor in groups[g].Tensors.Where(t => IsRounded(readers[t])))
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

    // What a ReLU cuts off is never rounded.
    private static bool IsRounded(List<OnnxNode> readers) => readers is not [{ Operator: "Relu" }];
}
