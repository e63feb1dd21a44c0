using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models.StateDicts;

/// <summary>A tensor as torch.save sees it: a view of a storage.</summary>
internal sealed record SavedTensor(string StorageType, string Key, byte[] Storage, long Count, long Offset, long[] Size, long[] Stride)
{
    /// <summary>A tensor whose storage is its own.</summary>
    public static SavedTensor Of(Tensor tensor, string key)
    {
        using Tensor plain = tensor.detach().contiguous();
        string type = plain.dtype switch
        {
            ScalarType.Float32 => "FloatStorage",
            ScalarType.Float16 => "HalfStorage",
            ScalarType.BFloat16 => "BFloat16Storage",
            ScalarType.Float64 => "DoubleStorage",
            ScalarType.Int64 => "LongStorage",
            _ => throw new ArgumentException($"{plain.dtype}", nameof(tensor)),
        };
        return new SavedTensor(type, key, plain.bytes.ToArray(), plain.numel(), 0, plain.shape, plain.stride());
    }
}
