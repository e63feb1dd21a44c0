namespace CxrNet.Onnx.Quantization;

/// <summary>Which operators ONNX Runtime has 8-bit kernels for on a CPU, and what they ask for.</summary>
/// <remarks>As of its QDQ selectors: onnxruntime/core/optimizer/qdq_transformer/selectors_actions/qdq_selectors.cc.</remarks>
internal static class QuantizableOperators
{
    private const int Weight = 1, Bias = 2;

    // Instructions for 8-bit products sum four neighbours; the first layer of a network has one or three, and its input is worth more than 8 bits.
    private const int ChannelsAtATime = 4;

    private static readonly HashSet<string> PassThrough = ["MaxPool", "Resize", "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze"];
    private static readonly HashSet<string> Between = ["Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "Sigmoid", "LeakyRelu", "Relu", "Clip"];

    /// <summary>Whether the operator has weights and most of the arithmetic: what a quantisation is for.</summary>
    public static bool IsHeavy(OnnxNode node) => node.Operator is "Conv" or "ConvTranspose" or "Gemm" or "MatMul";

    /// <summary>Whether the operator has weights, but so few for each value (one filter per channel) that it is worth 8 bits only where its neighbours have them.</summary>
    /// <remarks>The depthwise convolution behind a network's first layer is such a one: left in fp32 it costs nothing, and the first layer's result need not be rounded, which in MobileNetV2 halves the error of the logits.</remarks>
    public static bool IsDepthwise(OnnxGraphEditor graph, OnnxNode node) =>
        node.Operator == "Conv" && node.Attribute("group")?.Int > 1 && graph.Constants.TryGetValue(node.Inputs[Weight], out OnnxTensor? weights) && weights.Shape.Count > 1 && weights.Shape[1] == 1;

    /// <summary>Whether the operator only moves or selects values, so that its output has the scale of its input.</summary>
    public static bool PassesThrough(OnnxNode node) => PassThrough.Contains(node.Operator) && node.Domain.Length == 0;

    /// <summary>Whether the operator is worth 8 bits only where its neighbours have them.</summary>
    public static bool IsBetween(OnnxNode node) => Between.Contains(node.Operator) && node.Domain.Length == 0;

    /// <summary>Whether the operator vanishes into the rounding to 8 bits after it.</summary>
    public static bool IsClamp(OnnxGraphEditor graph, OnnxNode node) => node.Domain.Length == 0 && (node.Operator == "Relu" || (node.Operator == "Clip" && Bound(graph, node, 1) is null or <= 0 && Bound(graph, node, 2) is null or >= 0 && Bounded(graph, node)));

    /// <summary>The inputs that are activations.</summary>
    public static IEnumerable<string> Activations(OnnxGraphEditor graph, OnnxNode node) => node.Operator is "Add" or "Mul" or "Concat"
        ? node.Inputs.Where(i => i.Length > 0 && !graph.Constants.ContainsKey(i))
        : node.Inputs.Take(1);

    /// <summary>Why the operator has to stay fp32; null where it need not.</summary>
    public static string? Obstacle(OnnxGraphEditor graph, OnnxNode node)
    {
        if (node.Domain.Length > 0)
        {
            return $"operator of the domain '{node.Domain}'";
        }

        return node.Operator switch
        {
            "ConvTranspose" => "ONNX Runtime has no 8-bit kernel for it on a CPU",
            "Conv" => IsNarrow(graph, node) ? $"reads fewer than {ChannelsAtATime} channels, which 8-bit kernels gain nothing on" : ConstantWeights(graph, node, static w => w.Shape.Count >= 3, static w => w.Shape[0]),
            "MatMul" => ConstantWeights(graph, node, static w => w.Shape.Count == 2, static w => w.Shape[1]),
            "Gemm" => node.Attribute("alpha")?.Float is null or 1 && node.Attribute("beta")?.Float is null or 1 && node.Attribute("transA")?.Int is null or 0
                ? ConstantWeights(graph, node, static w => w.Shape.Count == 2, w => w.Shape[node.Attribute("transB")?.Int == 1 ? 0 : 1])
                : "alpha, beta or transA other than 1, 1 and 0",
            "Add" or "Mul" => node.Inputs.Any(graph.Constants.ContainsKey) ? "one operand is a constant" : null,
            "Concat" => node.Inputs.Any(graph.Constants.ContainsKey) ? "one operand is a constant" : null,
            "Resize" => node.Attribute("mode")?.Text is "cubic" || node.Attribute("antialias")?.Int == 1 || node.Attribute("coordinate_transformation_mode")?.Text == "tf_crop_and_resize" ? "interpolation that would leave the range of its input" : null,
            "MaxPool" => node.Outputs.Count > 1 ? "it gives indices too" : null,
            _ => PassesThrough(node) || IsBetween(node) ? null : "no 8-bit kernel",
        };
    }

    private static bool IsNarrow(OnnxGraphEditor graph, OnnxNode node) =>
        node.Attribute("group")?.Int is null or 1 && graph.Constants.TryGetValue(node.Inputs[Weight], out OnnxTensor? weights) && weights.Shape.Count > 1 && weights.Shape[1] < ChannelsAtATime;

    private static string? ConstantWeights(OnnxGraphEditor graph, OnnxNode node, Func<OnnxTensor, bool> fits, Func<OnnxTensor, long> channels)
    {
        if (!graph.Constants.TryGetValue(node.Inputs[Weight], out OnnxTensor? weights) || !weights.IsFloat || !fits(weights) || graph.Constants.ContainsKey(node.Inputs[0]))
        {
            return "weights that are no float constants of the usual shape";
        }

        if (node.Inputs.Count <= Bias || node.Inputs[Bias].Length == 0)
        {
            return null;
        }

        return graph.Constants.TryGetValue(node.Inputs[Bias], out OnnxTensor? bias) && bias.IsFloat && bias.Count == channels(weights) && bias.Shape.Count == 1 ? null : "a bias that is no constant of one value per channel";
    }

    private static float? Bound(OnnxGraphEditor graph, OnnxNode node, int input) =>
        node.Inputs.Count > input && graph.Constants.TryGetValue(node.Inputs[input], out OnnxTensor? bound) && bound.IsFloat && bound.Count == 1 ? bound.Floats[0] : null;

    private static bool Bounded(OnnxGraphEditor graph, OnnxNode node) => node.Inputs.Skip(1).All(i => i.Length == 0 || graph.Constants.ContainsKey(i));
}
