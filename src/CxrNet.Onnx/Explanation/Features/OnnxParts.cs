// Over 200 lines: what is read from a graph and the two ways of writing it out again.
namespace CxrNet.Onnx;

/// <summary>Takes an ONNX file apart at a tensor inside it: the same file with that tensor as one more output, and the rest of the graph behind it.</summary>
/// <remarks>Fields are copied byte by byte, so nothing that this library does not know is lost. Field numbers are those of onnx.proto: ModelProto.graph = 7, metadata_props = 14; GraphProto.node = 1, name = 2, initializer = 5, input = 11, output = 12, value_info = 13, sparse_initializer = 15.</remarks>
internal sealed class OnnxParts
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Raw)> _weights = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Raw)> _inputs = [];
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);

    private OnnxParts(ReadOnlyMemory<byte> file) => _file = file;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static OnnxParts Read(ReadOnlyMemory<byte> file)
    {
        OnnxParts parts = new(file);
        ProtobufReader model = new(file.Span);
        while (model.Next())
        {
            if (model.Field == 7)
            {
                parts.ReadGraph(model.Bytes);
            }
        }

        return parts._nodes.Count > 0 ? parts : throw new InvalidDataException("it has no graph with operators");
    }

    /// <summary>Whether some operator gives a tensor of that name.</summary>
    public bool Has(string tensor) => _producers.ContainsKey(tensor);

    /// <summary>The operator that gives a tensor; null where none does.</summary>
    public OnnxNode? ProducerOf(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>Whether a tensor is an output of the graph.</summary>
    public bool IsOutput(string tensor) => _outputs.Contains(tensor);

    /// <summary>The element type that the file states of a tensor; null where it states none.</summary>
    public int? StatedTypeOf(string tensor) => _types.TryGetValue(tensor, out int type) && type != 0 ? type : null;

    /// <summary>A stored tensor; null where none has that name.</summary>
    public OnnxTensor? StoredOf(string tensor)
    {
        ProtobufReader reader = new(_weights.Find(w => w.Name == tensor).Raw.Span);
        return reader.Next() && reader.Field == 5 ? OnnxTensor.Read(reader.Bytes) : null;
    }

    /// <summary>The name under which a tensor leaves the graph: its own where it is of floats, that of a cast otherwise.</summary>
    public string FloatNameOf(string tensor) => OnnxTypes.Of(this, tensor) == OnnxTensor.Float ? tensor : tensor + "_float32";

    /// <summary>What a cast that only leads out of the graph was made of: the tensor that the rest of the graph goes on with. Any other tensor is itself.</summary>
    public string Uncast(string tensor) =>
        ProducerOf(tensor) is { Operator: "Cast" } cast && !_nodes.Exists(n => n.Inputs.Contains(tensor) || n.Captured.Contains(tensor)) && _producers.ContainsKey(cast.Inputs[0]) ? cast.Inputs[0] : tensor;

    /// <summary>All outputs of the operators of one kind, in the order of the file.</summary>
    public IReadOnlyList<string> OutputsOf(string type) => [.. _nodes.Where(n => n.Operator == type).Select(n => n.Outputs[0])];

    /// <summary>The file with one more output, <see cref="FloatNameOf"/>; the same where it is one already.</summary>
    public byte[] WithOutput(string tensor, Func<ReadOnlySpan<byte>, ProtobufMessage?>? metadata = null)
    {
        string output = FloatNameOf(tensor);
        ProtobufMessage file = new();
        ProtobufReader model = new(_file.Span);
        while (model.Next())
        {
            if (model.Field == 7 && !_outputs.Contains(output))
            {
                ProtobufMessage graph = new ProtobufMessage().Copy(model.Bytes);
                graph = output == tensor || Has(output) ? graph : graph.Copy(Cast(tensor, output, OnnxTensor.Float));
                file.Message(7, graph.Message(12, Float(output)));
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

    /// <summary>The graph from a tensor to an output. It keeps an input of the whole graph where some path leads around the tensor.</summary>
    /// <param name="tensor">Becomes an input under its <see cref="FloatNameOf"/>: of floats, whatever the graph goes on with.</param>
    /// <param name="output">The only output.</param>
    /// <param name="inputs">The inputs of the whole graph that are still read.</param>
    /// <returns>Null where the output does not depend on the tensor.</returns>
    public byte[]? From(string tensor, string output, out IReadOnlyList<string> inputs)
    {
        HashSet<string> needed = new(StringComparer.Ordinal) { output };
        HashSet<OnnxNode> kept = [];
        Queue<string> open = new([output]);
        while (open.TryDequeue(out string? name))
        {
            if (name == tensor || !_producers.TryGetValue(name, out OnnxNode? node) || !kept.Add(node))
            {
                continue;
            }

            foreach (string read in node.Inputs.Concat(node.Captured).Where(needed.Add))
            {
                open.Enqueue(read);
            }
        }

        HashSet<string> weights = [.. _weights.Select(w => w.Name)];
        ReadOnlyMemory<byte>[] real = [.. _inputs.Where(i => needed.Contains(i.Name) && !weights.Contains(i.Name)).Select(i => i.Raw)];
        inputs = [.. _inputs.Where(i => needed.Contains(i.Name) && !weights.Contains(i.Name)).Select(i => i.Name)];
        if (!needed.Contains(tensor))
        {
            return null;
        }

        ProtobufMessage graph = new ProtobufMessage().Text(2, "head");
        string input = FloatNameOf(tensor);
        graph = input == tensor ? graph : graph.Copy(Cast(input, tensor, OnnxTypes.Of(this, tensor)));
        foreach (ReadOnlyMemory<byte> raw in _nodes.Where(kept.Contains).Select(n => n.Raw).Concat(_weights.Where(w => needed.Contains(w.Name)).Select(w => w.Raw)).Concat(real))
        {
            graph.Copy(raw.Span);
        }

        graph.Message(11, Float(input)).Message(12, Float(output));
        ProtobufMessage file = new();
        ProtobufReader model = new(_file.Span);
        while (model.Next())
        {
            if (model.Field == 7)
            {
                file.Message(7, graph);
            }
            else if (model.Field != 14)
            {
                file.Copy(model.Raw);
            }
        }

        return file.Bytes.ToArray();
    }

    /// <summary>A text field of a message.</summary>
    internal static string NameOf(ReadOnlySpan<byte> message, int field)
    {
        string name = "";
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            name = reader.Field == field ? reader.Text : name;
        }

        return name;
    }

    // ValueInfoProto { name = 1, type = 2 { tensor_type = 1 { elem_type = 1: FLOAT = 1 } } }; the engine infers the shape.
    internal static ProtobufMessage Float(string name) =>
        new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Number(1, 1)));

    private static ReadOnlySpan<byte> Cast(string from, string to, int type) =>
        OnnxNode.Create("Cast", $"cast of {from}", [from], to, new OnnxAttribute("to") { Int = type }).Raw.Span;

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        ProtobufReader reader = new(graph);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    OnnxNode node = OnnxNode.Read(reader.Bytes, reader.Raw.ToArray());
                    _nodes.Add(node);
                    foreach (string output in node.Outputs)
                    {
                        _producers[output] = node;
                    }

                    break;
                case 5:
                    string weight = NameOf(reader.Bytes, 8);
                    _weights.Add((weight, reader.Raw.ToArray()));
                    _types[weight] = OnnxTypes.OfStored(reader.Bytes);
                    break;
                case 11:
                    _inputs.Add((NameOf(reader.Bytes, 1), reader.Raw.ToArray()));
                    _types[_inputs[^1].Name] = OnnxTypes.OfStated(reader.Bytes);
                    break;
                case 12:
                    _outputs.Add(NameOf(reader.Bytes, 1));
                    _types[NameOf(reader.Bytes, 1)] = OnnxTypes.OfStated(reader.Bytes);
                    break;
                case 13:
                    _types[NameOf(reader.Bytes, 1)] = OnnxTypes.OfStated(reader.Bytes);
                    break;
                case 15:
                    // SparseTensorProto.values = 1 is a tensor, whose name is the weight's.
                    _weights.Add((SparseName(reader.Bytes), reader.Raw.ToArray()));
                    break;
                default:
                    break;
            }
        }
    }

    private static string SparseName(ReadOnlySpan<byte> sparse)
    {
        ProtobufReader reader = new(sparse);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                return NameOf(reader.Bytes, 8);
            }
        }

        return "";
    }
}
