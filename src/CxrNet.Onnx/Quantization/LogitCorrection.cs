namespace CxrNet.Onnx.Quantization;

/// <summary>Takes the mean error of each logit over the calibration images out of the last layer's bias: rounding shifts scores to one side, and a shift is what moves decisions.</summary>
/// <remarks>The last step of bias correction (M. Nagel et al., "Data-free quantization through weight equalization and bias correction", arXiv 1906.04721), where it can be done exactly: the last layer is an fp32 Gemm of constant bias. Others are left as they are.</remarks>
internal static class LogitCorrection
{
    public static void Apply(OnnxFile file, OnnxGraphEditor quantized, CalibrationInputs inputs, QuantizationOptions options, CancellationToken cancellationToken)
    {
        string? logits = file.Card.Outputs.Logits;
        int place = quantized.Nodes.FindIndex(n => n is { Operator: "Gemm", Domain: "", Inputs.Count: 3 } && n.Outputs[0] == logits);
        if (place < 0 || quantized.Nodes[place] is not { } head || head.Attribute("beta")?.Float is not (null or 1)
            || !quantized.Constants.TryGetValue(head.Inputs[2], out OnnxTensor? bias) || !bias.IsFloat || bias.Count != file.Card.Findings.Count)
        {
            return;
        }

        double[] exact = MeanLogits(file, logits!, inputs, options, bias.Count, cancellationToken);
        double[] rounded = MeanLogits(file with { Bytes = quantized.Write() }, logits!, inputs, options, bias.Count, cancellationToken);
        string name = head.Inputs[2] + "/corrected";
        quantized.Constants[name] = OnnxTensor.Of(name, [.. bias.Floats.Select((b, i) => (float)(b + exact[i] - rounded[i]))], [.. bias.Shape]);
        quantized.Nodes[place] = head.With([head.Inputs[0], head.Inputs[1], name], head.Outputs);
        quantized.RemoveUnread();
    }

    private static double[] MeanLogits(OnnxFile file, string logits, CalibrationInputs inputs, QuantizationOptions options, int count, CancellationToken cancellationToken)
    {
        using OnnxPart part = OnnxPart.Load(file, new OnnxOptions { IntraOpThreads = options.IntraOpThreads }, "quantised");
        double[] sums = new double[count];
        int batch = part.FixedBatch(inputs.Name) ?? 1;
        for (int image = 0; image < inputs.Count; image++)
        {
            (long[] shape, ReadOnlyMemory<float> values) = inputs.Batch(image, batch);
            part.Visit([(inputs.Name, shape, values)], [logits], (_, found) =>
            {
                for (int i = 0; i < count; i++)
                {
                    sums[i] += found[i] / inputs.Count;
                }
            }, cancellationToken);
        }

        return sums;
    }
}
