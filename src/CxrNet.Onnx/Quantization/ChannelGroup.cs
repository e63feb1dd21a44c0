namespace CxrNet.Onnx.Quantization;

/// <summary>Tensors of the same channels between convolutions, with nothing between them that would notice if a channel were divided by a positive number and the weights that read it multiplied by it.</summary>
/// <param name="Channels">How many.</param>
/// <param name="Tensors">All of them.</param>
/// <param name="Writers">The convolutions that give them.</param>
/// <param name="Readers">The convolutions that read them.</param>
internal sealed record ChannelGroup(int Channels, IReadOnlyList<string> Tensors, IReadOnlyList<OnnxNode> Writers, IReadOnlyList<OnnxNode> Readers)
{
    // f(s x) = s f(x) for s > 0, channel by channel.
    private static readonly HashSet<string> Homogeneous = ["Add", "Relu", "LeakyRelu", "MaxPool", "AveragePool", "Resize", "Identity"];

    /// <summary>Every group of a graph: an inverted residual's narrow tensors and their sums, what lies between two convolutions and a ReLU.</summary>
    public static IReadOnlyList<ChannelGroup> Find(OnnxGraphEditor graph)
    {
        Dictionary<string, List<OnnxNode>> readers = graph.Readers();
        Dictionary<string, OnnxNode> producers = graph.Nodes.SelectMany(static n => n.Outputs.Select(o => (o, n))).ToDictionary(static p => p.o, static p => p.n, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<ChannelGroup> groups = [];
        foreach (OnnxNode start in graph.Nodes.Where(n => WeightsOf(graph, n) is not null))
        {
            if (seen.Contains(start.Outputs[0]))
            {
                continue;
            }

            HashSet<string> tensors = Connected(start.Outputs[0]);
            seen.UnionWith(tensors);
            OnnxNode[] writers = [.. tensors.Select(t => producers.GetValueOrDefault(t)).OfType<OnnxNode>().Where(static n => !Homogeneous.Contains(n.Operator)).Distinct()];
            OnnxNode[] ends = [.. tensors.SelectMany(t => readers.GetValueOrDefault(t, [])).Where(static n => !Homogeneous.Contains(n.Operator)).Distinct()];
            int channels = (int)WeightsOf(graph, start)!.Shape[0];
            bool scalable = ends.Length > 0
                && tensors.All(t => producers.ContainsKey(t) && !graph.Outputs.Contains(t) && readers.ContainsKey(t))
                && writers.All(n => WeightsOf(graph, n) is { } w && w.Shape[0] == channels)
                && ends.All(n => tensors.Contains(n.Inputs[0]) && WeightsOf(graph, n) is { } w && n.Attribute("group")?.Int is null or 1 && w.Shape[1] == channels);
            if (scalable)
            {
                groups.Add(new ChannelGroup(channels, [.. tensors], writers, ends));
            }
        }

        return groups;

        // Through sums, rectifiers and the like, up and down; whether its ends fit is asked afterwards.
        HashSet<string> Connected(string first)
        {
            HashSet<string> found = new(StringComparer.Ordinal) { first };
            Queue<string> open = new(found);
            while (open.TryDequeue(out string? tensor))
            {
                IEnumerable<OnnxNode> around = readers.GetValueOrDefault(tensor, []);
                around = producers.TryGetValue(tensor, out OnnxNode? producer) ? around.Append(producer) : around;
                foreach (string next in around.Where(static n => Homogeneous.Contains(n.Operator)).SelectMany(static n => n.Outputs.Concat(n.Operator == "Add" ? n.Inputs : n.Inputs.Take(1))).Where(found.Add))
                {
                    open.Enqueue(next);
                }
            }

            return found;
        }
    }

    /// <summary>The weights of a convolution of two dimensions, bias included, as far as they are constants; null for any other operator.</summary>
    public static OnnxTensor? WeightsOf(OnnxGraphEditor graph, OnnxNode node) =>
        node is { Operator: "Conv", Domain: "" } && graph.Constants.TryGetValue(node.Inputs[1], out OnnxTensor? weights) && weights.IsFloat && weights.Shape.Count == 4
        && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || (graph.Constants.TryGetValue(node.Inputs[2], out OnnxTensor? bias) && bias.IsFloat && bias.Count == weights.Shape[0]))
            ? weights
            : null;
}
