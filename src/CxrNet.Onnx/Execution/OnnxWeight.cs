namespace CxrNet.Onnx;

/// <summary>A weight of a graph, as bytes of the file.</summary>
internal readonly record struct OnnxWeight(string Name, long[] Dimensions, ReadOnlyMemory<byte> Values)
{
    /// <summary>The single-precision weights that stand in the file as raw bytes.</summary>
    /// <remarks>ModelProto.graph = 7; GraphProto.initializer = 5; TensorProto { dims = 1, data_type = 2 (FLOAT = 1), name = 8, raw_data = 9 }.</remarks>
    public static IEnumerable<OnnxWeight> FloatsOf(byte[] file)
    {
        List<OnnxWeight> weights = [];
        ProtobufReader model = new(file);
        while (model.Next())
        {
            if (model.Field != 7)
            {
                continue;
            }

            ProtobufReader graph = new(model.Bytes);
            while (graph.Next())
            {
                if (graph.Field == 5 && Read(graph.Bytes) is { } weight)
                {
                    weights.Add(weight);
                }
            }
        }

        return weights;
    }

    private static OnnxWeight? Read(ReadOnlySpan<byte> tensor)
    {
        List<long> dimensions = [];
        ulong type = 0;
        string name = "";
        byte[]? values = null;
        ProtobufReader reader = new(tensor);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddNumbersTo(dimensions);
                    break;
                case 2:
                    type = reader.Number;
                    break;
                case 8:
                    name = reader.Text;
                    break;
                case 9:
                    values = reader.Bytes.ToArray();
                    break;
                default:
                    break;
            }
        }

        return type == 1 && values is { Length: > 0 } ? new OnnxWeight(name, [.. dimensions], values) : null;
    }
}
