namespace CxrNet.Torch.Models;

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Storage">Where the values lie.</param>
/// <param name="Offset">The first value.</param>
/// <param name="Size">The shape.</param>
/// <param name="Stride">How many values lie from one index to the next, per dimension.</param>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Size, long[] Stride)
{
    private const int MaxDimensions = 8;

    /// <summary>What is wrong with it; null where it lies inside its storage and claims no more values than that has.</summary>
    public string? Problem()
    {
        if (Size.Length != Stride.Length || Size.Length > MaxDimensions || Offset < 0 || Size.Any(static s => s is < 0 or > int.MaxValue) || Stride.Any(static s => s is < 0 or > int.MaxValue))
        {
            return $"has shape [{string.Join(", ", Size)}], strides [{string.Join(", ", Stride)}] and offset {Offset}, which is no tensor";
        }

        UInt128 count = 1, last = (UInt128)Offset;
        for (int d = 0; d < Size.Length; d++)
        {
            count *= (UInt128)Size[d];
            last += (UInt128)Math.Max(0, Size[d] - 1) * (UInt128)Stride[d];
            if (count > long.MaxValue)
            {
                break;
            }
        }

        // A stride of 0 could claim any number of values of a small file.
        return count > (UInt128)Storage.Count || (count > 0 && last >= (UInt128)Storage.Count)
            ? $"claims {count} values up to {last} of a storage of {Storage.Count}"
            : null;
    }
}
