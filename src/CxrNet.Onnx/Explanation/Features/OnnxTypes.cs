namespace CxrNet.Onnx;

/// <summary>Element types of tensors inside a graph, which need not state them.</summary>
internal static class OnnxTypes
{
    /// <summary>Follows a tensor back to something that has a type: operators hand on that of their first input, but for those that are there to change it.</summary>
    /// <returns>TensorProto.DataType; FLOAT where nothing is known.</returns>
    public static int Of(OnnxParts parts, string tensor)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        string name = tensor;
        while (seen.Add(name))
        {
            if (parts.StatedTypeOf(name) is { } stated)
            {
                return stated;
            }

            OnnxNode? node = parts.ProducerOf(name);
            if (node?.Operator is "Cast" or "Constant")
            {
                return node.Operator == "Cast" ? (int)(node.Attribute("to")?.Int ?? OnnxTensor.Float)
                    : node.Attribute("value")?.Tensor is { } value ? OfStored(value.Span) : OnnxTensor.Float;
            }

            // The scale's type is the result's; the first input of Where is a condition.
            int from = node?.Operator is "DequantizeLinear" or "Where" ? 1 : 0;
            name = node?.Inputs.Count > from ? node.Inputs[from] : name;
        }

        return OnnxTensor.Float;
    }

    /// <summary>TensorProto.data_type = 2.</summary>
    public static int OfStored(ReadOnlySpan<byte> tensor) => Number(tensor, 2);

    /// <summary>ValueInfoProto { type = 2 { tensor_type = 1 { elem_type = 1 } } }; 0 where it is not stated.</summary>
    public static int OfStated(ReadOnlySpan<byte> value) => Number(Message(Message(value, 2), 1), 1);

    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> message, int field)
    {
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                return reader.Bytes;
            }
        }

        return default;
    }

    private static int Number(ReadOnlySpan<byte> message, int field)
    {
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                return (int)reader.Number;
            }
        }

        return 0;
    }
}
