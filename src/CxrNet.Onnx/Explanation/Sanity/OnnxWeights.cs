namespace CxrNet.Onnx;

/// <summary>The stored tensors of an ONNX file. Field numbers are those of onnx.proto: ModelProto.graph = 7; GraphProto.node = 1, initializer = 5; TensorProto.data_type = 2, float_data = 4, name = 8, raw_data = 9.</summary>
internal static class OnnxWeights
{
    /// <summary>The operators in their order, and the names of the stored tensors.</summary>
    public static (List<OnnxNode> Nodes, HashSet<string> Stored) Read(byte[] model)
    {
        List<OnnxNode> nodes = [];
        HashSet<string> stored = new(StringComparer.Ordinal);
        ProtobufReader file = new(model);
        while (file.Next())
        {
            if (file.Field == 7)
            {
                ProtobufReader graph = new(file.Bytes);
                while (graph.Next())
                {
                    if (graph.Field == 1)
                    {
                        nodes.Add(OnnxNode.Read(graph.Bytes, default));
                    }
                    else if (graph.Field == 5)
                    {
                        stored.Add(OnnxParts.NameOf(graph.Bytes, 8));
                    }
                }
            }
        }

        return nodes.Count > 0 ? (nodes, stored) : throw new InvalidDataException("it has no graph with operators");
    }

    /// <summary>The file with other tensors in place of some; null leaves one as it is.</summary>
    public static byte[] Rewrite(byte[] model, Change change)
    {
        ProtobufMessage written = new();
        ProtobufReader file = new(model);
        while (file.Next())
        {
            if (file.Field != 7)
            {
                written.Copy(file.Raw);
                continue;
            }

            ProtobufMessage graph = new();
            ProtobufReader old = new(file.Bytes);
            while (old.Next())
            {
                if (old.Field == 5 && change(OnnxParts.NameOf(old.Bytes, 8), old.Bytes) is { } tensor)
                {
                    graph.Message(5, tensor);
                }
                else
                {
                    graph.Copy(old.Raw);
                }
            }

            written.Message(7, graph);
        }

        return written.Bytes.ToArray();
    }

    /// <summary>A tensor with the same values in a random order.</summary>
    public static ProtobufMessage Shuffle(string name, ReadOnlySpan<byte> tensor, ulong seed)
    {
        int size = SizeOf(name, tensor);
        ProtobufMessage shuffled = new();
        ProtobufReader fields = new(tensor);
        bool found = false;
        while (fields.Next())
        {
            // float_data is packed: values of four bytes one after the other, as in raw_data.
            if (fields.Field is 4 or 9 && fields.Bytes.Length >= size)
            {
                byte[] values = fields.Bytes.ToArray();
                Shuffle(values, fields.Field == 4 ? sizeof(float) : size, seed ^ Fnv(name));
                shuffled.Field(fields.Field, values);
                found = true;
            }
            else
            {
                shuffled.Copy(fields.Raw);
            }
        }

        return found ? shuffled : throw new InvalidDataException($"the values of tensor '{name}' are neither raw_data nor float_data");
    }

    // Fisher and Yates.
    private static void Shuffle(Span<byte> values, int size, ulong seed)
    {
        Span<byte> held = stackalloc byte[sizeof(double)];
        held = held[..size];
        for (int i = (values.Length / size) - 1; i > 0; i--)
        {
            int j = (int)Math.BigMul(Next(ref seed), (ulong)(i + 1), out _);
            Span<byte> a = values.Slice(i * size, size), b = values.Slice(j * size, size);
            a.CopyTo(held);
            b.CopyTo(a);
            held.CopyTo(b);
        }
    }

    // SplitMix64 (G. L. Steele et al., OOPSLA 2014): the same on every machine and runtime.
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static int SizeOf(string name, ReadOnlySpan<byte> tensor)
    {
        ProtobufReader fields = new(tensor);
        while (fields.Next())
        {
            if (fields.Field == 2)
            {
                return fields.Number switch
                {
                    1 => sizeof(float),
                    6 => sizeof(int),   // biases of quantised layers
                    10 or 16 => 2,      // half and bfloat16
                    11 => sizeof(double),
                    2 or 3 => 1,        // quantised
                    var other => throw new InvalidDataException($"tensor '{name}' has the data type {other}; float, half, bfloat16, double, int32 or a byte is expected of weights"),
                };
            }
        }

        throw new InvalidDataException($"tensor '{name}' has no data type");
    }

    // Each tensor gets an order of its own, whatever else is shuffled with it.
    private static ulong Fnv(string name) => name.Aggregate(14695981039346656037UL, static (hash, letter) => (hash ^ letter) * 1099511628211UL);

    /// <summary>A new tensor, or null for the old one.</summary>
    public delegate ProtobufMessage? Change(string name, ReadOnlySpan<byte> tensor);
}
