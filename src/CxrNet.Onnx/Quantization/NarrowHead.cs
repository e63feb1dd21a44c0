namespace CxrNet.Onnx.Quantization;

/// <summary>Writes an fp32 1 x 1 convolution of few outputs behind 8-bit ones as the transposed convolution that it equals.</summary>
/// <remarks>
/// <c>Conv(x, w)[o] = sum over i of w[o, i] x[i]</c> is <c>ConvTranspose(x, w')[o]</c> with <c>w'[i, o] = w[o, i]</c>.
/// ONNX Runtime fills the channels of an fp32 convolution up to 16 and lets everything behind it run on those too: for a map of one channel that is sixteen times the interpolation and the sigmoid, a tenth of an int8 network's time. A transposed convolution it leaves alone.
/// </remarks>
internal static class NarrowHead
{
    private const int BlockOfChannels = 16;

    /// <summary>The other form; null where a node is not of this kind.</summary>
    public static OnnxNode? Rewrite(OnnxGraphEditor graph, OnnxNode node, Func<string, bool> comesQuantized)
    {
        if (node is not { Operator: "Conv", Domain: "" } || !comesQuantized(node.Inputs[0])
            || !graph.Constants.TryGetValue(node.Inputs[1], out OnnxTensor? weights) || !weights.IsFloat
            || weights.Shape is not [< BlockOfChannels, _, 1, 1]
            || node.Attribute("group")?.Int is not (null or 1)
            || (node.Attribute("strides")?.Ints ?? []).Any(static s => s != 1)
            || (node.Attribute("pads")?.Ints ?? []).Any(static p => p != 0))
        {
            return null;
        }

        int outputs = (int)weights.Shape[0], inputs = (int)weights.Shape[1];
        float[] values = weights.Floats, turned = new float[values.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                turned[(i * outputs) + o] = values[(o * inputs) + i];
            }
        }

        string name = node.Outputs[0] + "/transposed";
        graph.Constants[name] = OnnxTensor.Of(name, turned, inputs, outputs, 1, 1);
        return OnnxNode.Create("ConvTranspose", node.Name, [node.Inputs[0], name, .. node.Inputs.Skip(2)], node.Outputs[0], new OnnxAttribute("kernel_shape") { Ints = [1, 1] });
    }
}
