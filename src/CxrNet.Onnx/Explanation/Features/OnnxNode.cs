namespace CxrNet.Onnx;

/// <summary>One operator of a graph: what it reads and writes, and its bytes, which are copied as they are.</summary>
internal sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Captured, IReadOnlyList<string> Outputs, ReadOnlyMemory<byte> Raw)
{
    // As OnnxManifest: real models stay below five, a stack overflow cannot be caught.
    private const int MaxDepth = 32;

    /// <summary>Reads a field <c>GraphProto.node</c>: input = 1, output = 2, op_type = 4, attribute = 5.</summary>
    public static OnnxNode Read(ReadOnlySpan<byte> message, ReadOnlyMemory<byte> raw)
    {
        List<string> inputs = [], outputs = [], captured = [];
        string type = "";
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
                case 4:
                    type = node.Text;
                    break;
                case 5:
                    Capture(node.Bytes, captured, 0);
                    break;
                default:
                    break;
            }
        }

        return new OnnxNode(type, inputs, captured, outputs, raw);
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
