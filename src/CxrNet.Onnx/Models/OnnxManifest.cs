// Over 200 lines: a method for each message of the format that can claim memory or a file.
namespace CxrNet.Onnx;

/// <summary>What an ONNX file says of itself, read without the engine: its metadata, and what its weights claim.</summary>
/// <remarks>Field numbers are those of onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal sealed class OnnxManifest
{
    // A subgraph (If, Loop) in a subgraph …: real models stay below five, a stack overflow cannot be caught.
    private const int MaxDepth = 32;

    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<OnnxExternalData> _external = [];
    private readonly HashSet<string> _outputs = new(StringComparer.Ordinal);
    private readonly long _fileBytes;

    private OnnxManifest(long fileBytes) => _fileBytes = fileBytes;

    /// <summary>The file's <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors whose values lie in other files.</summary>
    public IReadOnlyList<OnnxExternalData> External => _external;

    /// <summary>The names of the graph's outputs.</summary>
    public IReadOnlySet<string> Outputs => _outputs;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or a tensor claims more than the file can hold.</exception>
    public static OnnxManifest Read(ReadOnlySpan<byte> file)
    {
        OnnxManifest manifest = new(file.Length);
        ProtobufReader model = new(file);
        bool hasGraph = false;
        while (model.Next())
        {
            switch (model.Field)
            {
                case 7:
                    hasGraph = true;
                    manifest.ReadGraph(model.Bytes, 0);
                    break;
                case 14:
                    manifest.ReadMetadata(model.Bytes);
                    break;
                case 25:
                    manifest.ReadNodes(model.Bytes, nodeField: 7, depth: 0);
                    break;
                default:
                    break;
            }
        }

        return hasGraph ? manifest : throw new InvalidDataException("it has no graph");
    }

    private void ReadMetadata(ReadOnlySpan<byte> entry)
    {
        (string key, string value) = ReadPair(entry);
        _metadata[key] = value;
    }

    private void ReadGraph(ReadOnlySpan<byte> graph, int depth)
    {
        ProtobufReader reader = new(graph);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadNode(reader.Bytes, depth);
                    break;
                case 5:
                    ReadTensor(reader.Bytes);
                    break;
                case 12 when depth == 0:
                    _outputs.Add(OnnxParts.NameOf(reader.Bytes, 1));
                    break;
                case 15:
                    ReadSparseTensor(reader.Bytes);
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadNodes(ReadOnlySpan<byte> function, int nodeField, int depth)
    {
        ProtobufReader reader = new(function);
        while (reader.Next())
        {
            if (reader.Field == nodeField)
            {
                ReadNode(reader.Bytes, depth);
            }
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"graphs inside graphs, more than {MaxDepth} deep");
        }

        ProtobufReader reader = new(node);
        while (reader.Next())
        {
            if (reader.Field == 5)
            {
                ReadAttribute(reader.Bytes, depth);
            }
        }
    }

    private void ReadAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        ProtobufReader reader = new(attribute);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5 or 10:
                    ReadTensor(reader.Bytes);
                    break;
                case 6 or 11:
                    ReadGraph(reader.Bytes, depth + 1);
                    break;
                case 22 or 23:
                    ReadSparseTensor(reader.Bytes);
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadSparseTensor(ReadOnlySpan<byte> sparse)
    {
        ProtobufReader reader = new(sparse);
        while (reader.Next())
        {
            if (reader.Field is 1 or 2)
            {
                ReadTensor(reader.Bytes);
            }
        }
    }

    private void ReadTensor(ReadOnlySpan<byte> tensor)
    {
        List<long> dimensions = [];
        Dictionary<string, string> external = new(StringComparer.Ordinal);
        string name = "";
        ProtobufReader reader = new(tensor);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddNumbersTo(dimensions);
                    break;
                case 8:
                    name = reader.Text;
                    break;
                case 13:
                    (string key, string value) = ReadPair(reader.Bytes);
                    external[key] = value;
                    break;
                default:
                    break;
            }
        }

        Int128 elements = 1;
        foreach (long dimension in dimensions)
        {
            // Capped, so that hostile dimensions cannot overflow even 128 bits.
            elements = dimension < 0 ? throw new InvalidDataException($"tensor '{name}' has a dimension of {dimension}") : Int128.Min(elements * dimension, long.MaxValue);
        }

        if (external.TryGetValue("location", out string? location))
        {
            _external.Add(new OnnxExternalData(name, location, (long)elements, external.GetValueOrDefault("offset"), external.GetValueOrDefault("length")));
        }
        else if (elements > 8 * (Int128)_fileBytes)
        {
            // A bit is the least that an element of any type takes, packed or not.
            throw new InvalidDataException($"tensor '{name}' claims {elements} elements, the file has {_fileBytes} bytes");
        }
    }

    private static (string Key, string Value) ReadPair(ReadOnlySpan<byte> entry)
    {
        string key = "";
        string value = "";
        ProtobufReader reader = new(entry);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text;
                    break;
                case 2:
                    value = reader.Text;
                    break;
                default:
                    break;
            }
        }

        return (key, value);
    }
}
