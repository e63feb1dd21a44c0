using System.Runtime.InteropServices;

namespace CxrNet.Onnx.Quantization;

/// <summary>Puts QuantizeLinear and DequantizeLinear around the operators of a plan.</summary>
/// <remarks>
/// The engine fuses an operator with the DequantizeLinear before each of its inputs and the QuantizeLinear behind its output, where nothing else reads that output.
/// So a result of an 8-bit operator is renamed, and its dequantised form takes the name: what reads it need not be touched.
/// A tensor of an fp32 operator keeps its name, and only what is 8-bit reads the dequantised form.
/// </remarks>
internal sealed class QdqWriter(OnnxGraphEditor graph, QuantizationPlan plan, IReadOnlyDictionary<string, LinearScale> scales, QuantizationOptions options)
{
    private readonly HashSet<string> _names = graph.Names();
    private readonly Dictionary<string, string> _dequantized = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Scale, string Zero)> _scales = new(StringComparer.Ordinal);
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>Changes the graph.</summary>
    public void Apply()
    {
        HashSet<string> rounded = [.. plan.Tensors];
        foreach (string input in graph.Inputs.Where(rounded.Contains))
        {
            _dequantized[input] = AddPair(input, input, Fresh(input + "/rounded"));
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            OnnxNode written = plan.IsQuantized(node) ? Rounded(node) : NarrowHead.Rewrite(graph, node, plan.ComesQuantized) ?? node;
            string? result = node.Outputs.FirstOrDefault(rounded.Contains);
            if (result is not null && plan.ComesQuantized(result))
            {
                string exact = Fresh(result + "/exact");
                _nodes.Add(written.With(written.Inputs, [.. written.Outputs.Select(o => o == result ? exact : o)]));
                AddPair(result, exact, result);
                continue;
            }

            _nodes.Add(written);
            foreach (string output in node.Outputs.Where(rounded.Contains))
            {
                _dequantized[output] = AddPair(output, output, Fresh(output + "/rounded"));
            }
        }

        graph.Nodes = _nodes;
        graph.RemoveUnread();
    }

    private OnnxNode Rounded(OnnxNode node)
    {
        string[] inputs = [.. node.Inputs.Select(i => _dequantized.GetValueOrDefault(i, i))];
        if (QuantizableOperators.IsHeavy(node))
        {
            OnnxTensor weights = graph.Constants[node.Inputs[1]];
            int axis = node.Operator == "Conv" || (node.Operator == "Gemm" && node.Attribute("transB")?.Int == 1) ? 0 : 1;
            int outer = axis == 0 ? 1 : (int)weights.Shape[0];
            int channels = (int)weights.Shape[axis];
            OnnxTensor? bias = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? graph.Constants[node.Inputs[2]] : null;
            float[] values = weights.Floats, biasValues = bias?.Floats ?? [];
            float inputScale = scales[node.Inputs[0]].Scale;
            float[] each = WeightQuantization.Scales(values, outer, channels, biasValues, inputScale, options.WeightLimit);
            inputs[1] = AddConstant(weights.Name, new("", OnnxTensor.Int8, weights.Shape, MemoryMarshal.AsBytes<sbyte>(WeightQuantization.Quantize(values, outer, each, options.WeightLimit)).ToArray()), each, axis);
            if (bias is not null)
            {
                inputs[2] = AddConstant(bias.Name, OnnxTensor.Of("", WeightQuantization.QuantizeBias(biasValues, inputScale, each), channels), [.. each.Select(s => inputScale * s)], 0);
            }
        }

        return node.With(inputs, node.Outputs);
    }

    /// <summary>Adds the integers of a constant and what turns them back; gives the name of that.</summary>
    private string AddConstant(string name, OnnxTensor integers, float[] each, int axis)
    {
        string stored = Fresh(name + "/integers"), scale = Fresh(name + "/scales"), zero = Fresh(name + "/zeros"), result = Fresh(name + "/rounded");
        graph.Constants[stored] = integers with { Name = stored };
        graph.Constants[scale] = OnnxTensor.Of(scale, each, each.Length);
        graph.Constants[zero] = new OnnxTensor(zero, integers.Type, [each.Length], new byte[each.Length * (integers.Type == OnnxTensor.Int32 ? 4 : 1)]);
        _nodes.Add(OnnxNode.Create("DequantizeLinear", result, [stored, scale, zero], result, new OnnxAttribute("axis") { Int = axis }));
        return result;
    }

    private string AddPair(string tensor, string from, string to)
    {
        (string scale, string zero) = Scale(tensor);
        string integers = Fresh(tensor + "/integers");
        _nodes.Add(OnnxNode.Create("QuantizeLinear", integers, [from, scale, zero], integers));
        _nodes.Add(OnnxNode.Create("DequantizeLinear", tensor + "/DequantizeLinear", [integers, scale, zero], to));
        return to;
    }

    /// <summary>The names of a tensor's scale and zero point, which are the same for all of its group.</summary>
    private (string Scale, string Zero) Scale(string tensor)
    {
        string group = plan.GroupOf(tensor);
        if (!_scales.TryGetValue(group, out (string Scale, string Zero) names))
        {
            names = (Fresh(group + "/scale"), Fresh(group + "/zero"));
            _scales[group] = names;
            LinearScale linear = scales[tensor];
            graph.Constants[names.Scale] = OnnxTensor.Of(names.Scale, [linear.Scale]);
            graph.Constants[names.Zero] = new OnnxTensor(names.Zero, options.ActivationType == ActivationType.UInt8 ? OnnxTensor.UInt8 : OnnxTensor.Int8, [], new[] { unchecked((byte)linear.ZeroPoint) });
        }

        return names;
    }

    private string Fresh(string name) => OnnxGraphEditor.Fresh(_names, name);
}
