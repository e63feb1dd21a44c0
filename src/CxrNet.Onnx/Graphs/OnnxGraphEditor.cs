namespace CxrNet.Onnx;

/// <summary>A graph whose operators and constants can be changed, and the file around it, which is written back as it was.</summary>
/// <remarks>ModelProto.graph = 7, opset_import = 8, metadata_props = 14; GraphProto.node = 1, initializer = 5, input = 11, output = 12, value_info = 13. Shapes of inner tensors (value_info) are left out of what is written: the engine infers them.</remarks>
internal sealed class OnnxGraphEditor
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly List<(ReadOnlyMemory<byte> Field, string? Input)> _rest = [];
    private readonly HashSet<string> _initializers = new(StringComparer.Ordinal);

    private OnnxGraphEditor(ReadOnlyMemory<byte> file) => _file = file;

    /// <summary>The operators in an order in which they can be run.</summary>
    public List<OnnxNode> Nodes { get; set; } = [];

    /// <summary>The constants by name, in the order of the file.</summary>
    public OrderedDictionary<string, OnnxTensor> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>What the model is fed; constants that an old file lists among the inputs left out.</summary>
    public IReadOnlyList<string> Inputs { get; private set; } = [];

    /// <summary>What the model gives.</summary>
    public IReadOnlyList<string> Outputs { get; private set; } = [];

    /// <summary>The version of ONNX's own operators.</summary>
    public int Opset { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static OnnxGraphEditor Read(ReadOnlyMemory<byte> file)
    {
        OnnxGraphEditor editor = new(file);
        ProtobufReader model = new(file.Span);
        while (model.Next())
        {
            if (model.Field == 7)
            {
                editor.ReadGraph(model.Bytes);
            }
            else if (model.Field == 8)
            {
                editor.ReadOpset(model.Bytes);
            }
        }

        editor.Inputs = [.. editor.Inputs.Where(i => !editor._initializers.Contains(i))];
        return editor.Nodes.Count > 0 ? editor : throw new InvalidDataException("it has no graph with operators");
    }

    /// <summary>Every tensor name of the graph.</summary>
    public HashSet<string> Names() => [.. Nodes.SelectMany(static n => n.Inputs.Concat(n.Outputs).Concat(n.Captured)), .. Constants.Keys, .. Inputs, .. Outputs];

    /// <summary>A name that is not taken, made of the one wished for, and taken from now on.</summary>
    public static string Fresh(HashSet<string> taken, string wished)
    {
        string fresh = wished;
        for (int i = 2; !taken.Add(fresh); i++)
        {
            fresh = $"{wished}{i}";
        }

        return fresh;
    }

    /// <summary>The operators that read each tensor; graphs inside operators count.</summary>
    public Dictionary<string, List<OnnxNode>> Readers()
    {
        Dictionary<string, List<OnnxNode>> readers = new(StringComparer.Ordinal);
        foreach (OnnxNode node in Nodes)
        {
            foreach (string input in node.Inputs.Concat(node.Captured).Distinct())
            {
                (readers.TryGetValue(input, out List<OnnxNode>? list) ? list : readers[input] = []).Add(node);
            }
        }

        return readers;
    }

    /// <summary>Leaves out the constants that nothing reads.</summary>
    public void RemoveUnread()
    {
        HashSet<string> read = [.. Nodes.SelectMany(static n => n.Inputs.Concat(n.Captured)), .. Outputs];
        foreach (string name in Constants.Keys.Where(n => !read.Contains(n)).ToArray())
        {
            Constants.Remove(name);
        }
    }

    /// <summary>The file with the graph as it is now.</summary>
    /// <param name="moreOutputs">Float tensors inside that become outputs too.</param>
    /// <param name="metadata">Changes an entry of <c>metadata_props</c>; null leaves all.</param>
    public byte[] Write(IEnumerable<string>? moreOutputs = null, Func<ReadOnlySpan<byte>, ProtobufMessage?>? metadata = null)
    {
        ProtobufMessage graph = new();
        Nodes.ForEach(n => graph.Copy(n.Raw.Span));
        foreach (OnnxTensor tensor in Constants.Values)
        {
            graph.Message(5, tensor.ToMessage());
        }

        // An old file lists its constants among the inputs; one that is written otherwise, or not any more, would be asked for at each run.
        foreach ((ReadOnlyMemory<byte> field, string? input) in _rest)
        {
            if (input is null || Inputs.Contains(input))
            {
                graph.Copy(field.Span);
            }
        }

        foreach (string output in moreOutputs ?? [])
        {
            graph.Message(12, OnnxParts.Float(output));
        }

        ProtobufMessage file = new();
        ProtobufReader model = new(_file.Span);
        while (model.Next())
        {
            if (model.Field == 7)
            {
                file.Message(7, graph);
            }
            else if (model.Field == 14 && metadata?.Invoke(model.Bytes) is { } entry)
            {
                file.Message(14, entry);
            }
            else
            {
                file.Copy(model.Raw);
            }
        }

        return file.Bytes.ToArray();
    }

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        List<string> inputs = [.. Inputs], outputs = [.. Outputs];
        ProtobufReader reader = new(graph);
        while (reader.Next())
        {
            string? input = null;
            switch (reader.Field)
            {
                case 1:
                    Nodes.Add(OnnxNode.Read(reader.Bytes, reader.Raw.ToArray()));
                    continue;
                case 5:
                    _initializers.Add(OnnxParts.NameOf(reader.Bytes, 8));
                    if (OnnxTensor.Read(reader.Bytes) is { } tensor)
                    {
                        Constants[tensor.Name] = tensor;
                        continue;
                    }

                    break;
                case 11:
                    inputs.Add(input = OnnxParts.NameOf(reader.Bytes, 1));
                    break;
                case 12:
                    outputs.Add(OnnxParts.NameOf(reader.Bytes, 1));
                    break;
                case 13:
                    continue;
                default:
                    break;
            }

            _rest.Add((reader.Raw.ToArray(), input));
        }

        (Inputs, Outputs) = (inputs, outputs);
    }

    // OperatorSetIdProto { domain = 1, version = 2 }.
    private void ReadOpset(ReadOnlySpan<byte> message)
    {
        string domain = OnnxParts.NameOf(message, 1);
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == 2 && domain is "" or "ai.onnx")
            {
                Opset = (int)reader.Number;
            }
        }
    }
}
