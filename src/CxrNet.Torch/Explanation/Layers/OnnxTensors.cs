using System.Runtime.InteropServices;
using CxrNet.Torch.Export;
using CxrNet.Torch.Export.Schema;
using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>The constants of an ONNX graph as tensors.</summary>
internal static class OnnxTensors
{
    private const int Int64 = 7;

    /// <summary>Reads weights by name.</summary>
    /// <exception cref="CxrModelException">One has a type that a network's weights cannot have, or another length than its shape says.</exception>
    public static Dictionary<string, Tensor> Read(IEnumerable<TensorProto> protos, string source) =>
        protos.ToDictionary(static p => p.Name, p => Read(p, source), StringComparer.Ordinal);

    public static Tensor Read(TensorProto proto, string source)
    {
        (ScalarType type, int size) = proto.DataType switch
        {
            OnnxTypes.Float => (ScalarType.Float32, sizeof(float)),
            OnnxTypes.Float16 => (ScalarType.Float16, sizeof(short)),
            Int64 => (ScalarType.Int64, sizeof(long)),
            _ => throw new CxrModelException(source, $"'{source}': constant '{proto.Name}' has element type {proto.DataType}; float (1), int64 (7) or float16 (10) expected."),
        };
        long count = proto.Dims.Aggregate(1L, static (a, b) => checked(a * b));
        ReadOnlySpan<byte> bytes = proto switch
        {
            { FloatData.Count: > 0 } => MemoryMarshal.AsBytes<float>(proto.FloatData.ToArray()),
            { Int64Data.Count: > 0 } => MemoryMarshal.AsBytes<long>(proto.Int64Data.ToArray()),
            _ => proto.RawData.Span,
        };
        if (proto.DataLocation == TensorProto.Types.DataLocation.External || bytes.Length != count * size)
        {
            throw new CxrModelException(source, $"'{source}': constant '{proto.Name}' holds {bytes.Length} bytes, {count} values of {size} bytes expected.");
        }

        using Tensor stored = empty([.. proto.Dims], type);
        bytes.CopyTo(stored.bytes);
        return stored.to(type == ScalarType.Float16 ? ScalarType.Float32 : type, copy: true);
    }
}
