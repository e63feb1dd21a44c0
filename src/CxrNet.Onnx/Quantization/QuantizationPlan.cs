// Over 200 lines: every rule asks what the rules before it decided, for the same graph.
namespace CxrNet.Onnx.Quantization;

/// <summary>Which operators and tensors of a graph become 8-bit integers, and why the others do not.</summary>
/// <remarks>
/// Convolutions and matrix products are what a quantisation is for; the operators between them take part only where everything they read is 8-bit already and something 8-bit reads them, or the conversions would cost more than they save.
/// A ReLU or Clip behind an operator belongs to it: the rounding to 8 bits cuts off at the same place, so the engine drops it.
/// </remarks>
internal sealed class QuantizationPlan
{
    private readonly OnnxGraphEditor _graph;
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _readers;
    private readonly Dictionary<OnnxNode, string> _reasons = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<OnnxNode> _excluded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<OnnxNode> _quantized = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);

    private QuantizationPlan(OnnxGraphEditor graph)
    {
        _graph = graph;
        _readers = graph.Readers();
        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                _producers[output] = node;
            }
        }
    }

    /// <summary>Activations that become 8-bit integers, in the order in which they arise.</summary>
    public IReadOnlyList<string> Tensors { get; private set; } = [];

    /// <summary>Makes the plan.</summary>
    /// <param name="graph">The graph, its constants and normalisations folded.</param>
    /// <param name="card">Which outputs are logits and map.</param>
    /// <param name="options">What stays fp32.</param>
    public static QuantizationPlan Make(OnnxGraphEditor graph, CxrModelCard card, QuantizationOptions options)
    {
        QuantizationPlan plan = new(graph);
        plan.Exclude(options);
        if (options.KeepOutputLayers)
        {
            foreach (string output in new[] { card.Outputs.Logits, card.Outputs.Map }.OfType<string>())
            {
                plan.KeepLayerOf(output, new(StringComparer.Ordinal));
            }
        }

        plan.Choose();
        plan.Collect();
        return plan;
    }

    /// <summary>Whether an operator reads and writes 8-bit integers.</summary>
    public bool IsQuantized(OnnxNode node) => _quantized.Contains(node);

    /// <summary>Whether an operator was asked to stay as it is.</summary>
    public bool IsExcluded(OnnxNode node) => _excluded.Contains(node);

    /// <summary>Why an operator stays fp32.</summary>
    public string ReasonFor(OnnxNode node) => _reasons.GetValueOrDefault(node, "");

    /// <summary>Whether a tensor comes from an 8-bit operator, so that everything after it reads its rounded form.</summary>
    public bool ComesQuantized(string tensor) => _producers.TryGetValue(tensor, out OnnxNode? node) && _quantized.Contains(node);

    /// <summary>Tensors with one scale, under the name of one of them.</summary>
    public string GroupOf(string tensor)
    {
        while (_groups.TryGetValue(tensor, out string? parent) && parent != tensor)
        {
            tensor = parent;
        }

        return tensor;
    }

    private void Exclude(QuantizationOptions options)
    {
        HashSet<string> names = [.. _graph.Nodes.SelectMany(static n => n.Outputs.Append(n.Name))];
        foreach (string pattern in options.ExcludedNodes)
        {
            if (!names.Any(n => Matches(n, pattern)))
            {
                throw new ArgumentException($"No operator of the model is named '{pattern}' or gives a tensor of that name.", nameof(options));
            }
        }

        foreach (OnnxNode node in _graph.Nodes.Where(n => options.ExcludedNodes.Any(p => n.Outputs.Append(n.Name).Any(name => Matches(name, p)))))
        {
            _reasons[node] = "excluded by name";
            _excluded.Add(node);
        }

        foreach (string output in options.ExcludedOutputs)
        {
            if (!_graph.Outputs.Contains(output))
            {
                throw new ArgumentException($"The model has no output '{output}'; it has {string.Join(", ", _graph.Outputs.Select(static o => $"'{o}'"))}.", nameof(options));
            }

            foreach (OnnxNode node in Leading(output))
            {
                _reasons.TryAdd(node, $"leads to the output '{output}', which is excluded");
                _excluded.Add(node);
            }
        }
    }

    private static bool Matches(string name, string pattern) => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    private IEnumerable<OnnxNode> Leading(string output)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { output };
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? name))
        {
            if (_producers.TryGetValue(name, out OnnxNode? node))
            {
                yield return node;
                foreach (string input in node.Inputs.Where(seen.Add))
                {
                    open.Enqueue(input);
                }
            }
        }
    }

    // Back to the layers whose values, but for element-wise operators and interpolation, are the output's.
    private void KeepLayerOf(string tensor, HashSet<string> seen)
    {
        if (!seen.Add(tensor) || !_producers.TryGetValue(tensor, out OnnxNode? node))
        {
            return;
        }

        if (QuantizableOperators.IsHeavy(node))
        {
            _reasons.TryAdd(node, "gives an output of the card");
        }
        else if (node.Operator is not ("AveragePool" or "GlobalAveragePool" or "MaxPool" or "GlobalMaxPool" or "ReduceMean" or "ReduceMax"))
        {
            foreach (string input in node.Inputs)
            {
                KeepLayerOf(input, seen);
            }
        }
    }

    private void Choose()
    {
        foreach (OnnxNode node in _graph.Nodes)
        {
            if (!_reasons.ContainsKey(node) && QuantizableOperators.Obstacle(_graph, node) is { } obstacle)
            {
                _reasons[node] = obstacle;
            }
            else if (!_reasons.ContainsKey(node))
            {
                _quantized.Add(node);
            }
        }

        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (OnnxNode node in _graph.Nodes.Where(n => _quantized.Contains(n) && (!QuantizableOperators.IsHeavy(n) || QuantizableOperators.IsDepthwise(_graph, n))))
            {
                string? reason =
                    !QuantizableOperators.Activations(_graph, node).All(ComesQuantized) ? "reads fp32"
                    : !IsTail(node) && !IsRead(node) ? "nothing after it is 8-bit"
                    : null;
                if (reason is not null)
                {
                    _quantized.Remove(node);
                    _reasons[node] = reason;
                    changed = true;
                }
            }
        }
    }

    private bool IsRead(OnnxNode node) => _readers.GetValueOrDefault(Result(node), []).Any(_quantized.Contains);

    /// <summary>Whether an operator is the ReLU or Clip that belongs to the one before it.</summary>
    private bool IsTail(OnnxNode node) =>
        QuantizableOperators.IsClamp(_graph, node) && _producers.TryGetValue(node.Inputs[0], out OnnxNode? before)
        && _quantized.Contains(before) && ReferenceEquals(TailOf(before), node);

    private OnnxNode? TailOf(OnnxNode node) =>
        node.Outputs.Count == 1 && !_graph.Outputs.Contains(node.Outputs[0]) && !QuantizableOperators.PassesThrough(node)
        && _readers.GetValueOrDefault(node.Outputs[0], []) is [var only] && QuantizableOperators.IsClamp(_graph, only) && _quantized.Contains(only)
            ? only
            : null;

    /// <summary>The tensor that is rounded: an operator's own output, or that of the ReLU or Clip which belongs to it.</summary>
    private string Result(OnnxNode node) => (TailOf(node) ?? node).Outputs[0];

    private void Collect()
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (OnnxNode node in _graph.Nodes.Where(_quantized.Contains))
        {
            // A convolution's result has to be rounded to be 8-bit at all; a matrix product can give floats.
            bool gives = node.Operator is not ("Gemm" or "MatMul") || IsRead(node);
            bool joins = QuantizableOperators.PassesThrough(node) || node.Operator == "Concat";
            if (!IsTail(node))
            {
                found.UnionWith(QuantizableOperators.Activations(_graph, node));
                found.UnionWith(gives ? [Result(node)] : []);
            }

            foreach (string input in joins ? QuantizableOperators.Activations(_graph, node) : [])
            {
                _groups[GroupOf(input)] = GroupOf(node.Outputs[0]);
            }
        }

        Tensors = [.. _graph.Inputs.Concat(_graph.Nodes.SelectMany(static n => n.Outputs)).Where(found.Contains)];
    }
}
