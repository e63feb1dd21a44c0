using CxrNet.Torch.Export.Schema;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CxrNet.Torch.Export;

/// <summary>Collects nodes and initializers of one ONNX graph, opset 17. Every method adds one operator and gives the name of its output.</summary>
/// <param name="halfPrecisionWeights">Whether weights are stored as fp16.</param>
/// <param name="model">The card's id, for errors.</param>
internal sealed class OnnxGraphBuilder(bool halfPrecisionWeights = false, string model = "export")
{
    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = "cxrnet" };

    /// <summary>Adds an operator without attributes.</summary>
    public string Node(string op, string path, IEnumerable<string> inputs, string? output = null, params AttributeProto[] attributes)
    {
        string result = output ?? $"{path}.{op}";
        NodeProto node = new() { OpType = op, Name = $"{path}.{op}" };
        node.Input.AddRange(inputs);
        node.Output.Add(result);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return result;
    }

    /// <summary>A convolution whose padding may differ between the sides before (above, left) and after.</summary>
    public string Conv(string path, string input, Tensor weight, Tensor? bias, int stride, int before, int after, int groups = 1) =>
        Node("Conv", path, bias is null ? [input, Initializer(path + ".weight", weight)] : [input, Initializer(path + ".weight", weight), Initializer(path + ".bias", bias)], null,
            Ints("kernel_shape", weight.shape[2], weight.shape[3]), Ints("strides", stride, stride), Ints("pads", before, before, after, after), Int("group", groups));

    public string Clip(string path, string input, float min, float max) =>
        Node("Clip", path, [input, Initializer(path + ".min", tensor(min), keepFloat: true), Initializer(path + ".max", tensor(max), keepFloat: true)]);

    /// <summary>Batch normalisation with stored statistics and torch's epsilon, 1e-5, which is ONNX's default too.</summary>
    public string Norm(string path, string input, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) =>
        Node("BatchNormalization", path, [input, Initializer(path + ".weight", gamma), Initializer(path + ".bias", beta), Initializer(path + ".running_mean", mean), Initializer(path + ".running_var", variance)]);

    public string MaxPool(string path, string input, int size) => MaxPool(path, input, size, size, 0);

    public string MaxPool(string path, string input, int size, int stride, int padding) =>
        Node("MaxPool", path, [input], null, Ints("kernel_shape", size, size), Ints("strides", stride, stride), Ints("pads", padding, padding, padding, padding));

    public string AveragePool(string path, string input, int size) =>
        Node("AveragePool", path, [input], null, Ints("kernel_shape", size, size), Ints("strides", size, size));

    public string Concat(string path, IEnumerable<string> inputs, string? output = null) => Node("Concat", path, inputs, output, Int("axis", 1));

    public string Flatten(string path, string input) => Node("Flatten", path, [input], null, Int("axis", 1));

    public string Gemm(string path, string input, Tensor weight, Tensor bias, string output) =>
        Node("Gemm", path, [input, Initializer(path + ".weight", weight), Initializer(path + ".bias", bias)], output, Int("transB", 1));

    /// <summary>Bilinear enlargement with half-pixel centres: torch's interpolate with align_corners=False.</summary>
    public string Enlarge(string path, string input, int factor) =>
        Node("Resize", path, [input, "", Initializer(path + ".scales", tensor(new float[] { 1, 1, factor, factor }), keepFloat: true)], null,
            Text("mode", "linear"), Text("coordinate_transformation_mode", "half_pixel"));

    /// <summary>Adds weights; with half-precision storage a Cast node, which runtimes fold away at load, turns them back to float.</summary>
    /// <exception cref="CxrModelException">Half precision cannot hold a value: fp16 ends at 65504.</exception>
    private string Initializer(string name, Tensor values, bool keepFloat = false)
    {
        using Tensor plain = values.detach().cpu().to(ScalarType.Float32).contiguous();
        bool half = halfPrecisionWeights && !keepFloat;
        using Tensor stored = half ? plain.to(ScalarType.Float16) : plain.alias();
        if (half && !stored.isfinite().all().item<bool>())
        {
            throw new CxrModelException(model, FormattableString.Invariant($"'{model}': the tensor '{name}' has values up to {plain.abs().max().item<float>()}, and fp16 ends at 65504; store the weights as single precision."));
        }

        TensorProto proto = new()
        {
            Name = half ? name + ".half" : name,
            DataType = half ? OnnxTypes.Float16 : OnnxTypes.Float,
            RawData = ByteString.CopyFrom(stored.bytes),
        };
        proto.Dims.AddRange(stored.shape);
        Graph.Initializer.Add(proto);
        return half ? Node("Cast", name, [proto.Name], name, Int("to", OnnxTypes.Float)) : name;
    }

    private static AttributeProto Int(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static AttributeProto Text(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    private static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }
}
