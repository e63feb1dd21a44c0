namespace CxrNet.Onnx;

/// <summary>Looks for the last planes before the logits in a file that does not name them.</summary>
internal static class OnnxFeatureSearch
{
    private static readonly string[] Pools = ["GlobalAveragePool", "GlobalMaxPool", "AveragePool", "MaxPool"];
    private static readonly string[] Reductions = ["ReduceMean", "ReduceMax"];
    private static readonly string[] Flattens = ["Flatten", "Reshape"];

    /// <summary>What the pooling nearest to the logits reads, or the flattening where nothing pools. Null where neither is there.</summary>
    /// <param name="parts">The graph.</param>
    /// <param name="logits">Where to begin.</param>
    public static string? Find(OnnxParts parts, string logits) =>
        Nearest(parts, logits, node => Pools.Contains(node.Operator) || (Reductions.Contains(node.Operator) && IsSpatial(parts, node)))
        ?? Nearest(parts, logits, static node => Flattens.Contains(node.Operator));

    // Over rows and columns of [n, c, h, w]. A layer normalisation that an exporter wrote out is a ReduceMean too, over channels.
    private static bool IsSpatial(OnnxParts parts, OnnxNode node)
    {
        IReadOnlyList<long> axes = node.Attribute("axes")?.Ints ?? (node.Inputs.Count > 1 ? Numbers(parts, node.Inputs[1]) : []);
        return axes.Select(static a => a < 0 ? a + 4 : a).Order().SequenceEqual([2, 3]);
    }

    // From opset 18 on the axes are an input.
    private static long[] Numbers(OnnxParts parts, string tensor)
    {
        OnnxTensor? stored = parts.StoredOf(tensor) ?? (parts.ProducerOf(tensor) is { Operator: "Constant" } constant && constant.Attribute("value")?.Tensor is { } value ? OnnxTensor.Read(value.Span) : null);
        return stored is { Type: OnnxTensor.Int64 } ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(stored.Values.Span).ToArray() : [];
    }

    private static string? Nearest(OnnxParts parts, string from, Func<OnnxNode, bool> isIt)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> open = new([from]);
        while (open.TryDequeue(out string? name))
        {
            if (parts.ProducerOf(name) is not { } node || !seen.Add(name))
            {
                continue;
            }

            if (isIt(node) && parts.Has(node.Inputs[0]))
            {
                return node.Inputs[0];
            }

            foreach (string input in node.Inputs)
            {
                open.Enqueue(input);
            }
        }

        return null;
    }
}
