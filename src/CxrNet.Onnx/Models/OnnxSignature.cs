namespace CxrNet.Onnx;

/// <summary>What a graph says of its input and of who wrote it, read without the engine.</summary>
/// <param name="Inputs">Name, element type and dimensions of each input that is no weight; -1 for a dimension that is left open.</param>
/// <param name="Outputs">The names of the outputs.</param>
/// <param name="Producer">Who wrote the file, for example <c>pytorch 1.13.1</c>.</param>
/// <param name="Opset">The version of the standard operators.</param>
internal sealed record OnnxSignature(IReadOnlyList<(string Name, int Type, long[] Dimensions)> Inputs, IReadOnlyList<string> Outputs, string Producer, long Opset)
{
    /// <summary>TensorProto.FLOAT.</summary>
    public const int Float = 1;

    private static readonly string[] TypeNames = ["undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64"];

    /// <summary>A type's name as exporters write it.</summary>
    public static string NameOf(int type) => type >= 0 && type < TypeNames.Length ? TypeNames[type] : $"type {type}";

    /// <summary>Reads a file that <see cref="OnnxManifest"/> found in order.</summary>
    /// <remarks>ModelProto { producer_name = 2, producer_version = 3, graph = 7, opset_import = 8 }; OperatorSetIdProto { domain = 1, version = 2 }; GraphProto { initializer = 5, input = 11, output = 12 }.</remarks>
    public static OnnxSignature Read(ReadOnlySpan<byte> file)
    {
        List<(string, int, long[])> inputs = [];
        List<string> outputs = [];
        string name = "", version = "";
        long opset = 0;
        ProtobufReader model = new(file);
        while (model.Next())
        {
            switch (model.Field)
            {
                case 2:
                    name = model.Text;
                    break;
                case 3:
                    version = model.Text;
                    break;
                case 7:
                    ReadGraph(model.Bytes, inputs, outputs);
                    break;
                case 8:
                    opset = OnnxParts.NameOf(model.Bytes, 1).Length == 0 ? NumberOf(model.Bytes, 2) : opset;
                    break;
                default:
                    break;
            }
        }

        return new OnnxSignature(inputs, outputs, $"{name} {version}".Trim(), opset);
    }

    private static void ReadGraph(ReadOnlySpan<byte> graph, List<(string Name, int, long[])> inputs, List<string> outputs)
    {
        HashSet<string> weights = new(StringComparer.Ordinal);
        ProtobufReader reader = new(graph);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5:
                    weights.Add(OnnxParts.NameOf(reader.Bytes, 8));
                    break;
                case 11:
                    inputs.Add(ReadValue(reader.Bytes));
                    break;
                case 12:
                    outputs.Add(OnnxParts.NameOf(reader.Bytes, 1));
                    break;
                default:
                    break;
            }
        }

        // Old exporters list the weights among the inputs.
        inputs.RemoveAll(i => weights.Contains(i.Name));
    }

    // ValueInfoProto { name = 1, type = 2 }; TypeProto { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { dim_value = 1, dim_param = 2 } } } }.
    private static (string Name, int Type, long[] Dimensions) ReadValue(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> tensor = Field(Field(value, 2), 1);
        List<long> dimensions = [];
        ProtobufReader shape = new(Field(tensor, 2));
        while (shape.Next())
        {
            if (shape.Field == 1)
            {
                dimensions.Add(NumberOf(shape.Bytes, 1) is > 0 and var fixedSize ? fixedSize : -1);
            }
        }

        return (OnnxParts.NameOf(value, 1), (int)NumberOf(tensor, 1), [.. dimensions]);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> found = default;
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            found = reader.Field == field ? reader.Bytes : found;
        }

        return found;
    }

    private static long NumberOf(ReadOnlySpan<byte> message, int field)
    {
        long found = 0;
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            found = reader.Field == field ? (long)reader.Number : found;
        }

        return found;
    }
}
