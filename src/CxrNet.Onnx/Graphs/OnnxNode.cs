namespace CxrNet.Onnx;

/// <summary>One operator of a graph: what it reads and writes, and its bytes, which are copied as they are.</summary>
internal sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Captured, IReadOnlyList<string> Outputs, ReadOnlyMemory<byte> Raw)
{
    /// <summary>The node's own name, which a file may leave out.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The operator's domain; empty for ONNX's own.</summary>
    public string Domain { get; private init; } = "";

    // As OnnxManifest: real models stay below five, a stack overflow cannot be caught.
    private const int MaxDepth = 32;

    /// <summary>Reads a field <c>GraphProto.node</c>: input = 1, output = 2, name = 3, op_type = 4, attribute = 5, domain = 7.</summary>
    public static OnnxNode Read(ReadOnlySpan<byte> message, ReadOnlyMemory<byte> raw)
    {
        List<string> inputs = [], outputs = [], captured = [];
        string type = "", name = "", domain = "";
        ProtobufReader node = new(message);
        while (node.Next())
        {
            switch (node.Field)
            {
                case 1:
                    inputs.Add(node.Text);
                    break;
                case 2:
                    outputs.Add(node.Text);
                    break;
                case 3:
                    name = node.Text;
                    break;
                case 4:
                    type = node.Text;
                    break;
                case 7:
                    domain = node.Text;
                    break;
                case 5:
                    Capture(node.Bytes, captured, 0);
                    break;
                default:
                    break;
            }
        }

        return new OnnxNode(type, inputs, captured, outputs, raw) { Name = name, Domain = domain };
    }

    /// <summary>A node of ONNX's own domain.</summary>
    public static OnnxNode Create(string type, string name, IReadOnlyList<string> inputs, string output, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ProtobufMessage message = new();
        foreach (string input in inputs)
        {
            message.Text(1, input);
        }

        message.Text(2, output).Text(3, name).Text(4, type);
        foreach (OnnxAttribute attribute in attributes)
        {
            message.Message(5, attribute.ToMessage());
        }

        ReadOnlyMemory<byte> raw = new ProtobufMessage().Message(1, message).Bytes.ToArray();
        return new OnnxNode(type, inputs, [], [output], raw) { Name = name };
    }

    /// <summary>The same operator between other tensors; whatever else the file says of it stays.</summary>
    public OnnxNode With(IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        ProtobufMessage message = new();
        foreach (string input in inputs)
        {
            message.Text(1, input);
        }

        foreach (string output in outputs)
        {
            message.Text(2, output);
        }

        ProtobufReader node = new(Body.Span);
        while (node.Next())
        {
            if (node.Field is not (1 or 2))
            {
                message.Copy(node.Raw);
            }
        }

        return this with { Inputs = inputs, Outputs = outputs, Raw = new ProtobufMessage().Message(1, message).Bytes.ToArray() };
    }

    /// <summary>An attribute; null where the node leaves it out.</summary>
    public OnnxAttribute? Attribute(string name)
    {
        ProtobufReader node = new(Body.Span);
        while (node.Next())
        {
            if (node.Field == 5 && OnnxParts.NameOf(node.Bytes, 1) == name)
            {
                return OnnxAttribute.Read(node.Bytes);
            }
        }

        return null;
    }

    private ReadOnlyMemory<byte> Body
    {
        get
        {
            ProtobufReader node = new(Raw.Span);
            return node.Next() ? Raw[^node.Bytes.Length..] : default;
        }
    }

    // Names that graphs inside attributes (AttributeProto.g = 6, graphs = 11) read: they may come from outside.
    private static void Capture(ReadOnlySpan<byte> attribute, List<string> captured, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"graphs inside graphs, more than {MaxDepth} deep");
        }

        ProtobufReader reader = new(attribute);
        while (reader.Next())
        {
            if (reader.Field is not (6 or 11))
            {
                continue;
            }

            ProtobufReader graph = new(reader.Bytes);
            while (graph.Next())
            {
                if (graph.Field == 1)
                {
                    ReadInner(graph.Bytes, captured, depth + 1);
                }
                else if (graph.Field == 12)
                {
                    captured.Add(OnnxParts.NameOf(graph.Bytes, 1));
                }
            }
        }
    }

    private static void ReadInner(ReadOnlySpan<byte> message, List<string> captured, int depth)
    {
        ProtobufReader node = new(message);
        while (node.Next())
        {
            if (node.Field == 1)
            {
                captured.Add(node.Text);
            }
            else if (node.Field == 5)
            {
                Capture(node.Bytes, captured, depth);
            }
        }
    }
}
