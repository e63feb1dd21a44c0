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
        Nearest(parts, logits, node => Pools.Contains(node.Operator) ? node.Inputs[0] : PlanesOf(parts, node))
        ?? Nearest(parts, logits, static node => Flattens.Contains(node.Operator) ? node.Inputs[0] : null);

    // What is reduced over rows and columns of [n, c, h, w], at once or one after the other. A layer normalisation that an exporter wrote out is a ReduceMean too, over channels.
    private static string? PlanesOf(OnnxParts parts, OnnxNode node)
    {
        if (!Reductions.Contains(node.Operator))
        {
            return null;
        }

        long[] axes = AxesOf(parts, node);
        if (axes.SequenceEqual([2, 3]))
        {
            return node.Inputs[0];
        }

        return axes is [2 or 3] && parts.ProducerOf(node.Inputs[0]) is { } inner && Reductions.Contains(inner.Operator) && AxesOf(parts, inner) is [2 or 3] ? inner.Inputs[0] : null;
    }

    private static long[] AxesOf(OnnxParts parts, OnnxNode node)
    {
        IReadOnlyList<long> axes = node.Attribute("axes")?.Ints ?? (node.Inputs.Count > 1 ? Numbers(parts, node.Inputs[1]) : []);
        return [.. axes.Select(static a => a < 0 ? a + 4 : a).Order()];
    }

    // From opset 18 on the axes are an input.
    private static long[] Numbers(OnnxParts parts, string tensor)
    {
        OnnxTensor? stored = parts.StoredOf(tensor) ?? (parts.ProducerOf(tensor) is { Operator: "Constant" } constant && constant.Attribute("value")?.Tensor is { } value ? OnnxTensor.Read(value.Span) : null);
        return stored is { Type: OnnxTensor.Int64 } ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(stored.Values.Span).ToArray() : [];
    }

    private static string? Nearest(OnnxParts parts, string from, Func<OnnxNode, string?> planesOf)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> open = new([from]);
        while (open.TryDequeue(out string? name))
        {
            if (parts.ProducerOf(name) is not { } node || !seen.Add(name))
            {
                continue;
            }

            if (planesOf(node) is { } planes && parts.Has(planes))
            {
                return planes;
            }

            foreach (string input in node.Inputs)
            {
                open.Enqueue(input);
            }
        }

        return null;
    }
}
