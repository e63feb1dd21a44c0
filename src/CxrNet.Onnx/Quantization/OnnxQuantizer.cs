namespace CxrNet.Onnx.Quantization;

/// <summary>Makes an int8 copy of an fp32 model: static post-training quantisation, in the QDQ form of ONNX that CPUs and accelerators fuse into integer operators.</summary>
/// <remarks>
/// Weights become int8 with a symmetric scale per output channel, activations 8-bit with a scale and zero point per tensor, biases int32 of scale <c>s_x * s_w</c>; batch normalisation is folded first, and channels that share a scale are given like ranges.
/// The same bytes, images and options give the same bytes, on one machine and version of ONNX Runtime.
/// Safe for concurrent use. Theory: R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", arXiv 1806.08342.
/// </remarks>
public static class OnnxQuantizer
{
    // DequantizeLinear has an axis from this version on.
    private const int LeastOpset = 13;

    /// <summary>Quantises a model.</summary>
    /// <param name="model">The bytes of an fp32 .onnx file of opset 13 or later, its weights inside it; stored as fp16 behind casts is as good.</param>
    /// <param name="calibrationImages">Some tens to hundreds of images as the model will see them, the lung handling that its card asks for already done; not those that it will be judged on. Read once, one after the other.</param>
    /// <param name="options">How; <see cref="QuantizationOptions.Default"/> where null.</param>
    /// <param name="progress">Told after each image of each stage.</param>
    /// <param name="cancellationToken">Stops within one image.</param>
    /// <exception cref="CxrModelException">The bytes are no model, have no card, are quantised already, are of an older opset, take something else than the card says, or give values that are no numbers.</exception>
    /// <exception cref="ArgumentException">There are no usable images, or an option names what the model has not.</exception>
    public static QuantizationResult Quantize(byte[] model, IEnumerable<GrayImage> calibrationImages, QuantizationOptions? options = null, IProgress<QuantizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(calibrationImages);
        options ??= QuantizationOptions.Default;
        options.Validate();
        OnnxFile file = OnnxFile.Read(model, "model", folder: null, new OnnxOptions { Card = options.Card });
        CxrModelCardCheck.Require(file.Card, file.Card.Task, file.Source);
        OnnxGraphEditor graph = Read(file);
        QuantizationPlan plan = QuantizationPlan.Make(graph, file.Card, options);
        if (!graph.Nodes.Any(n => QuantizableOperators.IsHeavy(n) && plan.IsQuantized(n)))
        {
            throw new CxrModelException(file.Card.Id, $"'{file.Card.Id}' has no convolution or matrix product that can be quantised: {string.Join("; ", graph.Nodes.Where(QuantizableOperators.IsHeavy).Select(n => $"{n.Operator} '{n.Outputs[0]}': {plan.ReasonFor(n)}").DefaultIfEmpty("there is none"))}.");
        }

        CalibrationInputs inputs = CalibrationInputs.Prepare(calibrationImages, file.Card, progress, cancellationToken);
        if (options.EqualizesChannels)
        {
            ChannelEqualization.Apply(file, graph, plan, inputs, options, cancellationToken);
            plan = QuantizationPlan.Make(graph, file.Card, options);
        }

        Dictionary<string, (float Minimum, float Maximum)> ranges = Calibration.Run(file, graph, plan.Tensors, inputs, options, progress, cancellationToken);
        ShareRanges(ranges, plan);
        Dictionary<string, LinearScale> scales = ranges.ToDictionary(static r => r.Key, r => LinearScale.For(r.Value.Minimum, r.Value.Maximum, options.ActivationType), StringComparer.Ordinal);
        QuantizedNode[] nodes = [.. graph.Nodes.Select(n => new QuantizedNode(n.Operator, n.Name.Length > 0 ? n.Name : n.Outputs[0], plan.IsQuantized(n), plan.ReasonFor(n)))];
        new QdqWriter(graph, plan, scales, options).Apply();
        LogitCorrection.Apply(file, graph, inputs, options, cancellationToken);
        CxrModelCard card = QuantizedCard.Of(file.Card, graph, options, inputs.Count, nodes);
        return new QuantizationResult
        {
            Model = QuantizedCard.Write(graph, card),
            Card = card,
            Nodes = nodes,
            Activations = [.. plan.Tensors.Select(t => new QuantizedTensor(t, ranges[t].Minimum, ranges[t].Maximum, scales[t].Scale, scales[t].ZeroPoint))],
            CalibrationImages = inputs.Count,
        };
    }

    private static OnnxGraphEditor Read(OnnxFile file)
    {
        try
        {
            OnnxGraphEditor graph = OnnxGraphEditor.Read(file.Bytes);
            if (graph.Nodes.FirstOrDefault(static n => n.Operator.StartsWith("QLinear", StringComparison.Ordinal) || n.Operator is "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear" or "ConvInteger" or "MatMulInteger") is { } node)
            {
                throw new CxrModelException(file.Card.Id, $"'{file.Card.Id}' is quantised already: it has the operator {node.Operator}, '{node.Outputs[0]}'. The fp32 model was expected.");
            }

            if (graph.Opset < LeastOpset)
            {
                throw new CxrModelException(file.Card.Id, $"'{file.Card.Id}' is of opset {graph.Opset}; scales per channel need opset {LeastOpset} or later: export it again.");
            }

            if (graph.Inputs is not [var input] || input != file.Card.Input.Name)
            {
                throw new CxrModelException(file.Card.Id, $"'{file.Card.Id}' has the inputs {string.Join(", ", graph.Inputs.Select(static i => $"'{i}'").DefaultIfEmpty("(none)"))}, its card names one, '{file.Card.Input.Name}'.");
            }

            ConstantFolding.Apply(graph);
            BatchNormFolding.Apply(graph);
            return graph;
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new CxrModelException(file.Card.Id, $"'{file.Card.Id}' cannot be quantised: {e.Message}.", e);
        }
    }

    private static void ShareRanges(Dictionary<string, (float Minimum, float Maximum)> ranges, QuantizationPlan plan)
    {
        foreach (IGrouping<string, string> group in plan.Tensors.GroupBy(plan.GroupOf, StringComparer.Ordinal).ToArray())
        {
            (float, float) hull = (group.Min(t => ranges[t].Minimum), group.Max(t => ranges[t].Maximum));
            foreach (string tensor in group)
            {
                ranges[tensor] = hull;
            }
        }
    }
}
