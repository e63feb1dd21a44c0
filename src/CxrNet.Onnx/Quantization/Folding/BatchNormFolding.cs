namespace CxrNet.Onnx.Quantization;

/// <summary>Takes batch normalisation into the convolution before it; where there is none, writes it as a convolution of one weight per channel, which 8-bit engines have and batch normalisation they have not. One that does not read planes stays what it is.</summary>
/// <remarks>With <c>a = scale / sqrt(variance + epsilon)</c>: <c>w' = a w</c>, <c>b' = a (b - mean) + shift</c>.</remarks>
internal static class BatchNormFolding
{
    private const float DefaultEpsilon = 1e-5f;
    private const int PlanesRank = 4;

    // What gives planes where it reads some: each value on its own, joining, pooling.
    private static readonly HashSet<string> KeepsPlanes =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "Gelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Softplus", "Softsign", "Mish", "Erf", "Exp", "Log", "Sqrt", "Abs", "Neg", "Pow",
        "Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Mean", "Identity", "Dropout", "Cast", "BatchNormalization", "InstanceNormalization", "Concat",
        "MaxPool", "AveragePool", "LpPool", "GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool", "Pad", "Resize", "Upsample",
    ];

    public static void Apply(OnnxGraphEditor graph)
    {
        Dictionary<string, List<OnnxNode>> readers = graph.Readers();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i] is { Operator: "BatchNormalization", Domain: "", Outputs.Count: 1, Inputs.Count: 5 } norm && Factors(graph, norm) is { } factors)
            {
                int before = graph.Nodes.FindIndex(n => n.Outputs.Contains(norm.Inputs[0]));
                bool alone = readers[norm.Inputs[0]].Count == 1 && !graph.Outputs.Contains(norm.Inputs[0]);
                if (before >= 0 && alone && Fold(graph, graph.Nodes[before], norm, factors) is { } folded)
                {
                    graph.Nodes[before] = folded;
                    graph.Nodes.RemoveAt(i--);
                }
                else if (ReadsPlanes(graph, norm))
                {
                    graph.Nodes[i] = AsConvolution(graph, norm, factors);
                }
            }
        }

        graph.RemoveUnread();
    }

    // A graph need not say the rank of a tensor: it is known where nothing but the above lies between the tensor and a convolution of rows and columns.
    private static bool ReadsPlanes(OnnxGraphEditor graph, OnnxNode norm)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> open = new([norm.Inputs[0]]);
        while (open.TryDequeue(out string? tensor))
        {
            if (!seen.Add(tensor) || graph.Nodes.Find(n => n.Outputs.Contains(tensor)) is not { Domain: "" } node)
            {
                continue;
            }

            if (node.Operator is "Conv" or "ConvTranspose")
            {
                if (node.Inputs.Count > 1 && graph.Constants.TryGetValue(node.Inputs[1], out OnnxTensor? weights) && weights.Shape.Count == PlanesRank)
                {
                    return true;
                }
            }
            else if (KeepsPlanes.Contains(node.Operator))
            {
                foreach (string input in node.Inputs)
                {
                    open.Enqueue(input);
                }
            }
        }

        return false;
    }

    private static (float[] A, float[] B)? Factors(OnnxGraphEditor graph, OnnxNode norm)
    {
        float[][] parts = new float[4][];
        for (int p = 0; p < 4; p++)
        {
            if (!graph.Constants.TryGetValue(norm.Inputs[p + 1], out OnnxTensor? constant) || !constant.IsFloat)
            {
                return null;
            }

            parts[p] = constant.Floats;
        }

        double epsilon = norm.Attribute("epsilon")?.Float ?? DefaultEpsilon;
        float[] a = new float[parts[0].Length], b = new float[a.Length];
        for (int c = 0; c < a.Length; c++)
        {
            double factor = parts[0][c] / Math.Sqrt(parts[3][c] + epsilon);
            a[c] = (float)factor;
            b[c] = (float)(parts[1][c] - (factor * parts[2][c]));
        }

        return (a, b);
    }

    private static OnnxNode? Fold(OnnxGraphEditor graph, OnnxNode conv, OnnxNode norm, (float[] A, float[] B) factors)
    {
        if (conv.Operator != "Conv" || conv.Domain.Length > 0
            || !graph.Constants.TryGetValue(conv.Inputs[1], out OnnxTensor? weights) || !weights.IsFloat || weights.Shape[0] != factors.A.Length)
        {
            return null;
        }

        OnnxTensor? bias = null;
        if (conv.Inputs.Count > 2 && conv.Inputs[2].Length > 0 && (!graph.Constants.TryGetValue(conv.Inputs[2], out bias) || !bias.IsFloat))
        {
            return null;
        }

        float[] w = weights.Floats, b = bias?.Floats ?? new float[factors.A.Length];
        int each = w.Length / b.Length;
        for (int i = 0; i < w.Length; i++)
        {
            w[i] *= factors.A[i / each];
        }

        for (int c = 0; c < b.Length; c++)
        {
            b[c] = (b[c] * factors.A[c]) + factors.B[c];
        }

        string weightName = norm.Outputs[0] + "/weight", biasName = norm.Outputs[0] + "/bias";
        graph.Constants[weightName] = OnnxTensor.Of(weightName, w, [.. weights.Shape]);
        graph.Constants[biasName] = OnnxTensor.Of(biasName, b, b.Length);
        return conv.With([conv.Inputs[0], weightName, biasName], norm.Outputs);
    }

    private static OnnxNode AsConvolution(OnnxGraphEditor graph, OnnxNode norm, (float[] A, float[] B) factors)
    {
        string weightName = norm.Outputs[0] + "/weight", biasName = norm.Outputs[0] + "/bias";
        int channels = factors.A.Length;
        graph.Constants[weightName] = OnnxTensor.Of(weightName, factors.A, channels, 1, 1, 1);
        graph.Constants[biasName] = OnnxTensor.Of(biasName, factors.B, channels);
        return OnnxNode.Create("Conv", norm.Name, [norm.Inputs[0], weightName, biasName], norm.Outputs[0], new OnnxAttribute("group") { Int = channels }, new OnnxAttribute("kernel_shape") { Ints = [1, 1] });
    }
}
