namespace CxrNet.Onnx.Quantization;

/// <summary>Divides channels by factors where they are written, and multiplies them by the same where they are read.</summary>
internal static class ChannelScaling
{
    /// <param name="graph">Changed.</param>
    /// <param name="group">What of it.</param>
    /// <param name="factors">One a channel.</param>
    /// <param name="names">Those that are taken in the graph.</param>
    public static void Apply(OnnxGraphEditor graph, ChannelGroup group, float[] factors, HashSet<string> names)
    {
        foreach (OnnxNode writer in group.Writers)
        {
            Scale(graph, writer, factors, names, reads: false);
        }

        foreach (OnnxNode reader in group.Readers)
        {
            Scale(graph, reader, factors, names, reads: true);
        }
    }

    // A convolution may write one group and read another, so the node is looked up again by what it gives.
    private static void Scale(OnnxGraphEditor graph, OnnxNode node, float[] factors, HashSet<string> names, bool reads)
    {
        int place = graph.Nodes.FindIndex(n => n.Outputs[0] == node.Outputs[0]);
        OnnxNode current = graph.Nodes[place];
        string[] inputs = [.. current.Inputs];
        OnnxTensor weights = graph.Constants[inputs[1]];
        float[] values = weights.Floats;
        int filter = (int)(weights.Shape[2] * weights.Shape[3]), each = reads ? filter : filter * (int)weights.Shape[1];
        for (int i = 0; i < values.Length; i++)
        {
            float factor = factors[i / each % factors.Length];
            values[i] = reads ? values[i] * factor : values[i] / factor;
        }

        inputs[1] = Add(graph, names, current.Outputs[0] + (reads ? "/weight/read" : "/weight/written"), values, weights.Shape);
        if (!reads && inputs.Length > 2 && inputs[2].Length > 0)
        {
            OnnxTensor bias = graph.Constants[inputs[2]];
            inputs[2] = Add(graph, names, current.Outputs[0] + "/bias/written", [.. bias.Floats.Select((b, c) => b / factors[c])], bias.Shape);
        }

        graph.Nodes[place] = current.With(inputs, current.Outputs);
    }

    private static string Add(OnnxGraphEditor graph, HashSet<string> names, string name, float[] values, IReadOnlyList<long> shape)
    {
        string fresh = OnnxGraphEditor.Fresh(names, name);
        graph.Constants[fresh] = OnnxTensor.Of(fresh, values, [.. shape]);
        return fresh;
    }
}
