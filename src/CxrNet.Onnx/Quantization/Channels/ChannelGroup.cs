namespace CxrNet.Onnx.Quantization;

/// <summary>Tensors of the same channels between convolutions, with nothing between them that would notice if a channel were divided by a positive number and the weights that read it multiplied by it.</summary>
/// <param name="Channels">How many.</param>
/// <param name="Tensors">All of them, [n, channels, rows, columns].</param>
/// <param name="Writers">The convolutions that give them.</param>
/// <param name="Readers">The convolutions that read them.</param>
internal sealed record ChannelGroup(int Channels, IReadOnlyList<string> Tensors, IReadOnlyList<OnnxNode> Writers, IReadOnlyList<OnnxNode> Readers)
{
    // f(s x) = s f(x) for s > 0, channel by channel.
    private static readonly HashSet<string> Homogeneous = ["Add", "Relu", "LeakyRelu", "MaxPool", "AveragePool", "Resize", "Identity"];

    /// <summary>Every group of a graph: an inverted residual's narrow tensors and their sums, what lies between two convolutions and a ReLU.</summary>
    /// <param name="graph">The graph, its constants and normalisations folded.</param>
    /// <param name="kept">Tensors that must stay as they are, besides the graph's outputs.</param>
    public static IReadOnlyList<ChannelGroup> Find(OnnxGraphEditor graph, IReadOnlyCollection<string> kept)
    {
        Dictionary<string, List<OnnxNode>> readers = graph.Readers();
        Dictionary<string, OnnxNode> producers = new(StringComparer.Ordinal);
        foreach ((OnnxNode node, string output) in graph.Nodes.SelectMany(static n => n.Outputs.Where(static o => o.Length > 0).Select(o => (n, o))))
        {
            producers[output] = node;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        List<ChannelGroup> groups = [];
        foreach (OnnxNode start in graph.Nodes.Where(n => WeightsOf(graph, n) is not null && !seen.Contains(n.Outputs[0])))
        {
            HashSet<string> tensors = Connected(start.Outputs[0], readers, producers);
            seen.UnionWith(tensors);
            OnnxNode[] writers = [.. tensors.Select(t => producers.GetValueOrDefault(t)).OfType<OnnxNode>().Where(static n => !IsHomogeneous(n)).Distinct()];
            OnnxNode[] ends = [.. tensors.SelectMany(t => readers.GetValueOrDefault(t, [])).Where(static n => !IsHomogeneous(n)).Distinct()];
            int channels = (int)WeightsOf(graph, start)!.Shape[0];
            bool scalable = ends.Length > 0
                && tensors.All(t => producers.ContainsKey(t) && readers.ContainsKey(t) && !graph.Outputs.Contains(t) && !kept.Contains(t))
                && writers.All(n => WeightsOf(graph, n) is { } w && w.Shape[0] == channels)
                && ends.All(n => tensors.Contains(n.Inputs[0]) && WeightsOf(graph, n) is { } w && n.Attribute("group")?.Int is null or 1 && w.Shape[1] == channels);
            if (scalable)
            {
                groups.Add(new ChannelGroup(channels, [.. tensors], writers, ends));
            }
        }

        return groups;
    }

    // Through sums, rectifiers and the like, up and down; whether its ends fit is asked afterwards.
    private static HashSet<string> Connected(string first, Dictionary<string, List<OnnxNode>> readers, Dictionary<string, OnnxNode> producers)
    {
        HashSet<string> found = new(StringComparer.Ordinal) { first };
        Queue<string> open = new(found);
        while (open.TryDequeue(out string? tensor))
        {
            IEnumerable<OnnxNode> around = readers.GetValueOrDefault(tensor, []);
            around = producers.TryGetValue(tensor, out OnnxNode? producer) ? around.Append(producer) : around;
            foreach (string next in around.Where(IsHomogeneous).SelectMany(static n => n.Outputs.Concat(n.Operator == "Add" ? n.Inputs : n.Inputs.Take(1))).Where(found.Add))
            {
                open.Enqueue(next);
            }
        }

        return found;
    }

    // This kind of cropping fills what lies outside with a constant.
    private static bool IsHomogeneous(OnnxNode node) =>
        node.Domain.Length == 0 && Homogeneous.Contains(node.Operator) && node.Outputs.Count == 1 && node.Attribute("coordinate_transformation_mode")?.Text != "tf_crop_and_resize";

    /// <summary>The weights of a convolution of two dimensions whose weights and bias are constants, [outputs, inputs of a group, rows, columns]; null for any other operator.</summary>
    public static OnnxTensor? WeightsOf(OnnxGraphEditor graph, OnnxNode node) =>
        node is { Operator: "Conv", Domain: "" } && graph.Constants.TryGetValue(node.Inputs[1], out OnnxTensor? weights) && weights.IsFloat && weights.Shape.Count == 4
        && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || (graph.Constants.TryGetValue(node.Inputs[2], out OnnxTensor? bias) && bias.IsFloat && bias.Count == weights.Shape[0]))
            ? weights
            : null;
}
