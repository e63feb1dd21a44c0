using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>What a pickle says of a storage: the file's entry <c>data/Key</c>.</summary>
/// <param name="Key">The entry's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TorchStorage(string Key, ScalarType Type, long Count)
{
    /// <summary>The types by the names of PyTorch's storage classes.</summary>
    public static IReadOnlyDictionary<string, (ScalarType Type, int Size)> Types { get; } = new Dictionary<string, (ScalarType, int)>(StringComparer.Ordinal)
    {
        ["FloatStorage"] = (ScalarType.Float32, 4),
        ["DoubleStorage"] = (ScalarType.Float64, 8),
        ["HalfStorage"] = (ScalarType.Float16, 2),
        ["BFloat16Storage"] = (ScalarType.BFloat16, 2),
        ["LongStorage"] = (ScalarType.Int64, 8),
        ["IntStorage"] = (ScalarType.Int32, 4),
        ["ShortStorage"] = (ScalarType.Int16, 2),
        ["CharStorage"] = (ScalarType.Int8, 1),
        ["ByteStorage"] = (ScalarType.Byte, 1),
        ["BoolStorage"] = (ScalarType.Bool, 1),
    };

    /// <summary>Bytes of all values.</summary>
    public long Bytes => checked(Count * Types.Values.First(t => t.Type == Type).Size);
}
