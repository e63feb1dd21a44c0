namespace CxrNet.Onnx;

/// <summary>The last operators of a graph: whether an output is logits already, or what a softmax or sigmoid made of them.</summary>
internal static class OnnxEnd
{
    /// <summary>The tensor of the logits behind an output.</summary>
    /// <returns>The tensor, and the activation that the graph applies to it; the output itself and null where it applies none.</returns>
    public static (string Tensor, FindingActivation? Activation) Of(OnnxParts parts, string output)
    {
        string tensor = output;
        while (parts.ProducerOf(tensor) is { Operator: "Identity" or "Cast" } same)
        {
            tensor = same.Inputs[0];
        }

        return parts.ProducerOf(tensor) switch
        {
            { Operator: "Softmax" } softmax => (softmax.Inputs[0], FindingActivation.Softmax),
            { Operator: "Sigmoid" } sigmoid => (sigmoid.Inputs[0], FindingActivation.Sigmoid),
            // The logarithm of a softmax has the same softmax: it can stand for logits as it is.
            { Operator: "LogSoftmax" } => (output, FindingActivation.Softmax),
            _ => (output, null),
        };
    }
}
