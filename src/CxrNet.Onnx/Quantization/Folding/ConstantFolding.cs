namespace CxrNet.Onnx.Quantization;

/// <summary>Makes constants of what exporters write as operators: <c>Constant</c>, half-precision weights behind a <c>Cast</c>, <c>Identity</c>, padding by nothing and joining of one.</summary>
internal static class ConstantFolding
{
    public static void Apply(OnnxGraphEditor graph)
    {
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        HashSet<string> given = [.. graph.Outputs];
        List<OnnxNode> kept = [];
        foreach (OnnxNode original in graph.Nodes)
        {
            OnnxNode node = original.Inputs.Any(renamed.ContainsKey)
                ? original.With([.. original.Inputs.Select(i => renamed.GetValueOrDefault(i, i))], original.Outputs)
                : original;
            if (node.Domain.Length > 0 || node.Outputs.Count != 1 || given.Contains(node.Outputs[0]))
            {
                kept.Add(node);
            }
            else if (Constant(graph, node) is { } constant)
            {
                graph.Constants[constant.Name] = constant;
            }
            else if (ChangesNothing(graph, node))
            {
                renamed[node.Outputs[0]] = node.Inputs[0];
            }
            else
            {
                kept.Add(node);
            }
        }

        // Graphs inside operators are copied as they are; a name that one of them reads has to stay.
        if (kept.SelectMany(static n => n.Captured).Any(renamed.ContainsKey))
        {
            throw new InvalidDataException("a graph inside an operator reads a tensor that another operator only passes on");
        }

        graph.Nodes = kept;
        graph.RemoveUnread();
    }

    private static OnnxTensor? Constant(OnnxGraphEditor graph, OnnxNode node) => node.Operator switch
    {
        "Constant" when node.Attribute("value")?.Tensor is { } bytes => OnnxTensor.Read(bytes.Span, node.Outputs[0]),
        "Cast" when node.Attribute("to")?.Int == OnnxTensor.Float && graph.Constants.TryGetValue(node.Inputs[0], out OnnxTensor? source) => source.ToFloat(node.Outputs[0]),
        "Identity" when graph.Constants.TryGetValue(node.Inputs[0], out OnnxTensor? source) => source with { Name = node.Outputs[0] },
        _ => null,
    };

    private static bool ChangesNothing(OnnxGraphEditor graph, OnnxNode node) => node.Operator switch
    {
        "Identity" or "Dropout" => node.Inputs.Count == 1,
        "Concat" => node.Inputs.Count == 1,
        "Pad" => node.Inputs.Count > 1 && graph.Constants.TryGetValue(node.Inputs[1], out OnnxTensor? pads) && pads.Values.Span.IndexOfAnyExcept((byte)0) < 0,
        _ => false,
    };
}
