using CxrNet.Torch.Export.Schema;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CxrNet.Torch.Export;

/// <summary>Reads card and weights back from an ONNX file that this library wrote, so that both backends run from one file.</summary>
internal static class OnnxWeights
{
    /// <summary>The folded network's state dictionary.</summary>
    /// <exception cref="CxrModelException">The bytes are no ONNX file, or one of other weights than this library writes.</exception>
    public static Dictionary<string, Tensor> ReadTensors(byte[] file, string source) => Tensors(Parse(file, source).Graph, source);

    /// <summary>The card alone.</summary>
    /// <exception cref="CxrModelException">The bytes are no ONNX file, or one without a card.</exception>
    public static CxrModelCard ReadCard(byte[] file, string source) => CardJson(Parse(file, source)) is { } json
        ? CxrModelCardJson.Parse(json, source)
        : throw new CxrModelException(source, $"'{source}' has no model card: metadata_props lacks the key '{CxrModelCardJson.MetadataKey}'.");

    /// <summary>The card's text; null where there is none.</summary>
    public static string? CardJson(ModelProto model) => model.MetadataProps.FirstOrDefault(static entry => entry.Key == CxrModelCardJson.MetadataKey)?.Value;

    /// <summary>The file as a graph.</summary>
    /// <exception cref="CxrModelException">It is none.</exception>
    public static ModelProto Parse(byte[] file, string source)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(file);
            return model.Graph is null ? throw new CxrModelException(source, $"'{source}' is not an ONNX file: it has no graph.") : model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new CxrModelException(source, $"'{source}' is not an ONNX file: {e.Message}", e);
        }
    }

    private static Dictionary<string, Tensor> Tensors(GraphProto graph, string source)
    {
        Dictionary<string, Tensor> weights = new(StringComparer.Ordinal);
        foreach (TensorProto proto in graph.Initializer)
        {
            (ScalarType type, int size) = proto.DataType switch
            {
                OnnxTypes.Float => (ScalarType.Float32, 4),
                OnnxTypes.Float16 => (ScalarType.Float16, 2),
                _ => throw new CxrModelException(source, $"'{source}': initializer '{proto.Name}' has element type {proto.DataType}; float (1) or float16 (10) expected, as a model has before it is quantised."),
            };
            long count = proto.Dims.Aggregate(1L, static (a, b) => checked(a * b));
            if (proto.DataLocation == TensorProto.Types.DataLocation.External || proto.RawData.Length != count * size)
            {
                throw new CxrModelException(source, $"'{source}': initializer '{proto.Name}' holds {proto.RawData.Length} bytes, {count} values of {size} bytes expected.");
            }

            using Tensor stored = empty([.. proto.Dims], type);
            proto.RawData.Span.CopyTo(stored.bytes);
            string name = proto.Name.EndsWith(".half", StringComparison.Ordinal) ? proto.Name[..^".half".Length] : proto.Name;
            weights[name] = stored.to(ScalarType.Float32, copy: true);
        }

        return weights;
    }
}
