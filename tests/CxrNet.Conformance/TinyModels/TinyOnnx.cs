// Over 200 lines: each property is one way in which a file can be wrong, and the graph is written in one place.
using System.Runtime.InteropServices;

namespace CxrNet.Conformance;

/// <summary>An ONNX file of a few kilobytes with drawn weights: Conv + Relu, of which GlobalAveragePool + Gemm give <c>logits</c> and Conv + Sigmoid give <c>map</c>. It finds nothing.</summary>
/// <remarks>Every property can be set against the card, to make the files that a loader has to refuse.</remarks>
public sealed record TinyOnnx
{
    private const int Features = 4;

    /// <summary>The card inside; none where null.</summary>
    public CxrModelCard? Card { get; init; }

    public int Side { get; init; } = 32;

    public int Channels { get; init; } = 1;

    public int Outputs { get; init; } = 4;

    public bool HasLogits { get; init; } = true;

    public bool HasMap { get; init; } = true;

    /// <summary>The batch that the graph accepts; any where null.</summary>
    public int? Batch { get; init; }

    /// <summary>Whether the input is [n, h, w, c].</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>An operator behind the logits, Softmax or Sigmoid, that gives the output <c>scores</c> in their place; none where null.</summary>
    public string? End { get; init; }

    /// <summary>Whether that operator works in half precision, and a cast comes behind it; for half precision.</summary>
    public bool EndsInHalf { get; init; }

    /// <summary>Whether the logits leave the graph in double precision.</summary>
    public bool IsDouble { get; init; }

    /// <summary>Whether everything between the input and the outputs is in half precision, with casts at the ends.</summary>
    public bool IsHalf { get; init; }

    /// <summary>Whether what was pooled loses its mean before the last layer, as in a layer normalisation that an exporter wrote out.</summary>
    public bool NormalizesPooled { get; init; }

    /// <summary>Whether what was pooled is pooled once more.</summary>
    public bool PoolsTwice { get; init; }

    /// <summary>Whether the features are multiplied by the image before they are pooled; for one channel.</summary>
    public bool IsGated { get; init; }

    /// <summary>Whether the features are multiplied by the image's mean before they are pooled; for one channel.</summary>
    public bool IsDimmed { get; init; }

    /// <summary>Whether the input is declared without sides and channels.</summary>
    public bool IsOpen { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Further convolutions of 64 channels: what makes a run long enough to be stopped.</summary>
    public int SlowLayers { get; init; }

    /// <summary>Put into each weight, for example NaN.</summary>
    public float? Weight { get; init; }

    /// <summary>Where the weights of the first convolution are said to lie; inside the file where null.</summary>
    public string? ExternalLocation { get; init; }

    /// <summary>Where in that file they are said to begin, and how long to be; not said where null.</summary>
    public (long Offset, long Length)? ExternalRange { get; init; }

    /// <summary>A dimension that the first convolution's weights claim on top of their own.</summary>
    public long? ClaimedDimension { get; init; }

    /// <summary>The model that a card describes.</summary>
    public static TinyOnnx For(CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new()
        {
            Card = card,
            Side = card.Input.Width,
            Channels = card.Input.Channels,
            Outputs = card.Findings.Count,
            HasLogits = card.Task == CxrModelTask.Classification,
            HasMap = card.Outputs.Map is not null,
            IsChannelsLast = card.Input.Layout == TensorLayout.Nhwc,
        };
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        // onnx.proto: ModelProto { ir_version = 1, graph = 7, opset_import = 8, metadata_props = 14 }.
        ProtobufWriter model = new ProtobufWriter()
            .Number(1, 8)
            .Message(8, new ProtobufWriter().Number(2, 17))
            .Message(7, Graph());
        return Card is null ? model.ToBytes() : model.Message(14, new ProtobufWriter().Text(1, CxrModelCardJson.MetadataKey).Text(2, Card.ToJson())).ToBytes();
    }

    /// <summary>Writes the file.</summary>
    public string Save(string folder, string name = "tiny.onnx")
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    // GraphProto { node = 1, name = 2, initializer = 5, input = 11, output = 12 }.
    private ProtobufWriter Graph()
    {
        Random random = new(Seed);
        ProtobufWriter graph = new ProtobufWriter().Text(2, "tiny");
        string features = "features";
        string input = "input";
        if (IsChannelsLast)
        {
            Node(graph, "Transpose", ["input"], input = "planar", "perm", [0, 3, 1, 2]);
        }

        if (IsHalf)
        {
            Cast(graph, input, input = "half", 10);
        }

        AddConvolution(graph, random, input, "stem", Channels, Features, 3, ExternalLocation);
        Node(graph, "Relu", ["stem"], features);
        for (int i = 0; i < SlowLayers; i++)
        {
            AddConvolution(graph, random, features, $"slow{i}", i == 0 ? Features : 64, i == SlowLayers - 1 ? Features : 64, 3, null);
            Node(graph, "Tanh", [$"slow{i}"], features = $"slowTanh{i}");
        }

        graph.Message(11, IsOpen ? Value("input", null, -1, -1, -1) : IsChannelsLast ? Value("input", Batch, Side, Side, Channels) : Value("input", Batch, Channels, Side, Side));
        if (HasLogits)
        {
            string factor = input;
            if (IsDimmed)
            {
                Node(graph, "GlobalAveragePool", [input], factor = "brightness");
            }

            if (IsGated || IsDimmed)
            {
                Node(graph, "Mul", [features, factor], "gated");
            }

            Node(graph, "GlobalAveragePool", [IsGated || IsDimmed ? "gated" : features], "pooled");
            string pooled = "pooled", flat = "flat";
            if (PoolsTwice)
            {
                Node(graph, "GlobalAveragePool", [pooled], pooled = "pooledAgain");
            }

            Node(graph, "Flatten", [pooled], flat);
            if (NormalizesPooled)
            {
                Node(graph, "ReduceMean", [flat], "mean", "axes", [-1]);
                Node(graph, "Sub", [flat, "mean"], flat = "centred");
            }

            graph.Message(5, Weights(random, "gemmWeight", null, Features, Outputs)).Message(5, Weights(random, "gemmBias", null, Outputs));
            Node(graph, "Gemm", [flat, "gemmWeight", "gemmBias"], IsDouble || IsHalf ? "singles" : "logits");
            if (EndsInHalf)
            {
                Node(graph, End!, ["singles"], "ended");
                Cast(graph, "ended", "scores", 1);
            }
            else if (IsDouble || IsHalf)
            {
                Cast(graph, "singles", "logits", IsDouble ? 11 : 1);
            }

            if (End is not null && !EndsInHalf)
            {
                Node(graph, End, ["logits"], "scores");
            }

            graph.Message(12, ValueOf(IsDouble ? 11 : 1, End is null ? "logits" : "scores", Batch, Outputs));
        }

        if (HasMap)
        {
            AddConvolution(graph, random, features, "mapLogits", Features, 1, 1, null);
            Node(graph, "Sigmoid", ["mapLogits"], IsHalf ? "halfMap" : "map");
            if (IsHalf)
            {
                Cast(graph, "halfMap", "map", 1);
            }

            graph.Message(12, Value("map", Batch, 1, Side, Side));
        }

        return graph;
    }

    // Cast's attribute to: FLOAT = 1, FLOAT16 = 10, DOUBLE = 11.
    private static void Cast(ProtobufWriter graph, string from, string to, int type) =>
        graph.Message(1, new ProtobufWriter().Text(1, from).Text(2, to).Text(4, "Cast").Message(5, new ProtobufWriter().Text(1, "to").Number(3, type).Number(20, 2)));

    private void AddConvolution(ProtobufWriter graph, Random random, string input, string output, int from, int to, int kernel, string? external)
    {
        graph.Message(5, Weights(random, output + "Weight", external, to, from, kernel, kernel));
        graph.Message(5, Weights(random, output + "Bias", null, to));
        Node(graph, "Conv", [input, output + "Weight", output + "Bias"], output, "pads", [kernel / 2, kernel / 2, kernel / 2, kernel / 2]);
    }

    // NodeProto { input = 1, output = 2, op_type = 4, attribute = 5 }; AttributeProto { name = 1, ints = 8, type = 20 }, INTS = 7.
    private static void Node(ProtobufWriter graph, string type, string[] inputs, string output, string? attribute = null, int[]? numbers = null)
    {
        ProtobufWriter node = new();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, type);
        if (attribute is not null)
        {
            ProtobufWriter ints = new ProtobufWriter().Text(1, attribute);
            foreach (int number in numbers!)
            {
                ints.Number(8, number);
            }

            node.Message(5, ints.Number(20, 7));
        }

        graph.Message(1, node);
    }

    // TensorProto { dims = 1, data_type = 2, name = 8, raw_data = 9, external_data = 13, data_location = 14 }, FLOAT = 1, FLOAT16 = 10, EXTERNAL = 1.
    private ProtobufWriter Weights(Random random, string name, string? external, params ReadOnlySpan<int> dimensions)
    {
        ProtobufWriter tensor = new ProtobufWriter().Number(2, IsHalf ? 10 : 1).Text(8, name);
        int length = 1;
        int fanIn = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            tensor.Number(1, dimensions[i]);
            length *= dimensions[i];
            fanIn *= i > 0 ? dimensions[i] : 1;
        }

        if (name == "stemWeight" && ClaimedDimension is { } claimed)
        {
            tensor.Number(1, claimed);
        }

        if (external is not null)
        {
            tensor.Message(13, new ProtobufWriter().Text(1, "location").Text(2, external)).Number(14, 1);
            return ExternalRange is not { } range ? tensor : tensor
                .Message(13, new ProtobufWriter().Text(1, "offset").Text(2, $"{range.Offset}"))
                .Message(13, new ProtobufWriter().Text(1, "length").Text(2, $"{range.Length}"));
        }

        float[] values = new float[length];
        foreach (ref float value in values.AsSpan())
        {
            value = Weight ?? (float)((random.NextDouble() - 0.5) * 4 / Math.Sqrt(fanIn));
        }

        return IsHalf
            ? tensor.Bytes(9, MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, static v => (Half)v)))
            : tensor.Bytes(9, MemoryMarshal.AsBytes<float>(values));
    }

    // ValueInfoProto { name = 1, type = 2 }; TypeProto { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { dim_value = 1, dim_param = 2 } } } }.
    private static ProtobufWriter Value(string name, int? batch, params ReadOnlySpan<int> dimensions) => ValueOf(1, name, batch, dimensions);

    private static ProtobufWriter ValueOf(int type, string name, int? batch, params ReadOnlySpan<int> dimensions)
    {
        ProtobufWriter shape = new();
        shape.Message(1, batch is { } fixedBatch ? new ProtobufWriter().Number(1, fixedBatch) : new ProtobufWriter().Text(2, "n"));
        foreach (int dimension in dimensions)
        {
            shape.Message(1, dimension < 0 ? new ProtobufWriter().Text(2, "open") : new ProtobufWriter().Number(1, dimension));
        }

        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, type).Message(2, shape)));
    }
}
