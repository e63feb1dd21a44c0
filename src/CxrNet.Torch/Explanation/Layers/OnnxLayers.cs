using CxrNet.Torch.Export.Schema;
using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>Reads an ONNX graph as layers. Every network of this library can write itself as ONNX, so that this is all that explaining one needs; the usual convolutional networks of others are read too.</summary>
internal sealed class OnnxLayers
{
    private readonly GraphProto _graph;
    private readonly string _source;
    private readonly LayerGraphBuilder _builder;
    private readonly Dictionary<string, Tensor> _constants;
    private readonly Dictionary<string, int> _layers = new(StringComparer.Ordinal);

    private OnnxLayers(GraphProto graph, IReadOnlySet<string> needed, string source, Device device)
    {
        _graph = graph;
        _source = source;
        _builder = new LayerGraphBuilder(device);
        _constants = OnnxTensors.Read(graph.Initializer.Where(weight => needed.Contains(weight.Name)), source);
    }

    /// <summary>Reads a graph.</summary>
    /// <param name="graph">Operators and weights.</param>
    /// <param name="input">The name of the image input.</param>
    /// <param name="logits">The name of the output that is explained.</param>
    /// <param name="source">The file's or the model's name, for errors.</param>
    /// <param name="device">Where the layers run.</param>
    /// <param name="features">The tensor of the planes that CAMs look at, as the card names it; null where it names none.</param>
    /// <exception cref="CxrModelException">An operator is not known, or a name is not in the graph.</exception>
    public static LayerGraph Read(GraphProto graph, string input, string logits, string source, Device device, string? features = null) => Read(graph, input, [logits], source, device, out _, features);

    /// <summary>Reads a graph of several outputs.</summary>
    /// <param name="graph">Operators and weights.</param>
    /// <param name="input">The name of the image input.</param>
    /// <param name="outputs">The names of the outputs, the one that is explained first.</param>
    /// <param name="source">The file's or the model's name, for errors.</param>
    /// <param name="device">Where the layers run.</param>
    /// <param name="layers">The layers of the outputs, in their order.</param>
    /// <param name="features">The tensor of the planes that CAMs look at, as the card names it; null where it names none.</param>
    /// <exception cref="CxrModelException">An operator is not known, or a name is not in the graph.</exception>
    public static LayerGraph Read(GraphProto graph, string input, IReadOnlyList<string> outputs, string source, Device device, out int[] layers, string? features = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        HashSet<string> needed = LeadingTo(graph, [.. outputs, features ?? ""]);
        OnnxLayers reader = new(graph, needed, source, device);
        reader._layers[input] = LayerGraphBuilder.Input;
        foreach (NodeProto node in graph.Node.Where(node => node.Output.Any(needed.Contains)))
        {
            reader.Add(node);
        }

        layers = [.. outputs.Select(output => reader._layers.TryGetValue(output, out int layer)
            ? layer
            : throw new CxrModelException(source, $"'{source}' has no output '{output}' that can be computed from its input '{input}'."))];
        return reader._builder.Build(layers[0], reader.Encoder(), reader.Features(features));
    }

    // What a graph computes besides, a softmax behind the logits or a head for something else, may be of operators and types that are not known here.
    private static HashSet<string> LeadingTo(GraphProto graph, IEnumerable<string> tensors)
    {
        HashSet<string> needed = new(tensors, StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(node.Input);
        }

        return needed;
    }

    // A name that is not there is the business of who asks for the planes: the network itself runs without them.
    private int? Features(string? tensor) => string.IsNullOrEmpty(tensor) ? null : _layers.GetValueOrDefault(tensor, -1);

    // E2 of this library's networks writes its operators as "encoder.…": what the first of them reads is what E2 is fed. Other people's networks have no such part.
    private int? Encoder() =>
        _graph.Node.FirstOrDefault(n => n.Name.StartsWith("encoder.", StringComparison.Ordinal) && n.Input.Count > 0 && _layers.ContainsKey(n.Input[0])) is { } first
            ? _layers[first.Input[0]]
            : null;

    private void Add(NodeProto node)
    {
        if (node.OpType == "Constant")
        {
            AttributeProto value = node.Attribute.FirstOrDefault(static a => a.Name == "value")
                ?? throw new CxrModelException(_source, $"'{_source}': the constant '{node.Output[0]}' is written as '{node.Attribute.FirstOrDefault()?.Name}'; a tensor ('value') was expected. The ONNX backend runs it.");
            _constants[node.Output[0]] = OnnxTensors.Read(value.T, _source);
        }
        else if (node.OpType is "Cast" or "Identity" or "Dropout" && _constants.TryGetValue(node.Input[0], out Tensor? constant))
        {
            _constants[node.Output[0]] = constant;
        }
        else if (node.Input.Any(_layers.ContainsKey))
        {
            _layers[node.Output[0]] = Layer(new OnnxNode(node, _source));
        }
    }

    private int Layer(OnnxNode node)
    {
        string name = node.Name;
        switch (node.Op)
        {
            case "Conv":
                return _builder.Convolution(name, X(node), Constant(node, 1), ConstantOrNull(node, 2), node.Ints("strides", 1, 1), node.Pads(), node.Int("group", 1), node.Ints("dilations", 1, 1));
            case "BatchNormalization":
                return _builder.Norm(name, X(node), Constant(node, 1), Constant(node, 2), Constant(node, 3), Constant(node, 4), node.Float("epsilon", 1e-5f));
            case "Gemm" when node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1 && node.Int("transA", 0) == 0:
                return _builder.Dense(name, X(node), node.Int("transB", 0) == 1 ? Constant(node, 1) : Constant(node, 1).t(), ConstantOrNull(node, 2));
            case "MatMul":
                return _builder.Dense(name, X(node), Constant(node, 1).t(), null);
            case "Relu":
                return _builder.Relu(name, X(node));
            case "Clip" when ConstantOrNull(node, 1)?.item<float>() == 0 && ConstantOrNull(node, 2) is { } most:
                return _builder.Relu(name, X(node), most.item<float>());
            case "Sigmoid":
                return _builder.Sigmoid(name, X(node));
            case "MaxPool" when node.Ints("dilations", 1, 1) is [1, 1]:
                return _builder.MaxPool(name, X(node), node.Ints("kernel_shape"), node.Ints("strides", 1, 1), node.EvenPads(), node.Int("ceil_mode", 0) == 1);
            case "AveragePool":
                return _builder.AveragePool(name, X(node), node.Ints("kernel_shape"), node.Ints("strides", 1, 1), node.EvenPads(), node.Int("count_include_pad", 0) == 1, node.Int("ceil_mode", 0) == 1);
            case "GlobalAveragePool":
                return _builder.GlobalAveragePool(name, X(node));
            case "ReduceMean" when node.Ints("axes") is [2, 3] or [-2, -1]:
                int pooled = _builder.GlobalAveragePool(name, X(node));
                return node.Int("keepdims", 1) == 1 ? pooled : _builder.Flatten(name + ".flat", pooled);
            case "Flatten" when node.Int("axis", 1) == 1:
                return _builder.Flatten(name, X(node));
            case "Reshape" when Constant(node, 1).numel() == 2:
                return _builder.Flatten(name, X(node));
            case "Concat" when node.Int("axis", 1) == 1 && node.Inputs.All(_layers.ContainsKey):
                return _builder.Concat(name, [.. node.Inputs.Select(i => _layers[i])]);
            case "Resize" when node.Text("mode") == "linear" && node.Text("coordinate_transformation_mode") is "half_pixel" or "pytorch_half_pixel":
                float[] scales = [.. Constant(node, 2).data<float>()];
                return _builder.Enlarge(name, X(node), [scales[2], scales[3]]);
            case "Add" or "Sub" or "Mul" or "Div":
                return Arithmetic(node);
            case "Identity" or "Dropout" or "Cast":
            case "Pad" when ConstantOrNull(node, 1) is { } pads && pads.eq(0).all().item<bool>():   // PyTorch writes one before every average pooling
                return X(node);
            default:
                throw new CxrModelException(_source, $"'{_source}': the operator '{node.Op}' of '{node.Name}' is not known to the layers of this backend, or not with these settings; the ONNX backend runs it.");
        }
    }

    private int Arithmetic(OnnxNode node)
    {
        bool firstIsLayer = _layers.TryGetValue(node.Inputs[0], out int a), secondIsLayer = _layers.TryGetValue(node.Inputs[1], out int b);
        if (firstIsLayer && secondIsLayer)
        {
            return node.Op switch
            {
                "Add" => _builder.Add(node.Name, a, b),
                "Sub" => _builder.Subtract(node.Name, a, b),
                "Mul" => _builder.Multiply(node.Name, a, b),
                _ => throw new CxrModelException(_source, $"'{_source}': '{node.Name}' divides one computed value by another, which the explanation methods do not know."),
            };
        }

        int x = firstIsLayer ? a : b;
        Tensor constant = Constant(node, firstIsLayer ? 1 : 0);
        using Tensor one = ones(1), zero = zeros(1);
        return node.Op switch
        {
            "Add" => _builder.Affine(node.Name, x, one, constant, LayerKind.Sum),
            "Sub" => _builder.Affine(node.Name, x, firstIsLayer ? one : -one, firstIsLayer ? -constant : constant, LayerKind.Sum),
            "Mul" => _builder.Affine(node.Name, x, constant, zero, LayerKind.Scale),
            _ when firstIsLayer => _builder.Affine(node.Name, x, 1 / constant, zero, LayerKind.Scale),
            _ => throw new CxrModelException(_source, $"'{_source}': '{node.Name}' divides by a computed value, which the explanation methods do not know."),
        };
    }

    private int X(OnnxNode node) => _layers.TryGetValue(node.Inputs[0], out int layer)
        ? layer
        : throw new CxrModelException(_source, $"'{_source}': '{node.Name}' reads '{node.Inputs[0]}', which is not computed from the image input.");

    private Tensor Constant(OnnxNode node, int input) => ConstantOrNull(node, input)
        ?? throw new CxrModelException(_source, $"'{_source}': '{node.Name}' has no constant as input {input}; weights that are computed are not known to the explanation methods.");

    private Tensor? ConstantOrNull(OnnxNode node, int input) => node.Inputs.Count > input && _constants.TryGetValue(node.Inputs[input], out Tensor? constant) ? constant : null;
}
