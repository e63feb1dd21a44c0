using System.Buffers;

namespace CxrNet;

/// <summary>Keeps the parts of a mask that have most pixels: the two lungs.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class LargestComponents
{
    /// <summary>Keeps the largest parts; of equal ones the first in reading order.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="keep">How many parts to keep; 2 for lungs.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <param name="destination">Receives 1 inside the parts that are kept, 0 elsewhere; may be the mask itself.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Keep(ReadOnlySpan<byte> mask, int width, int height, int keep, Connectivity connectivity, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        int[] rentedLabels = ArrayPool<int>.Shared.Rent(destination.Length);
        Span<int> labels = rentedLabels.AsSpan(0, destination.Length);
        int count = ConnectedComponents.Label(mask, width, height, connectivity, labels);
        int[] rentedAreas = ArrayPool<int>.Shared.Rent(count + 1);
        Span<int> areas = rentedAreas.AsSpan(0, count + 1);
        ConnectedComponents.Areas(labels, areas);
        areas[0] = 0;
        for (int i = 0; i < Math.Min(keep, count); i++)
        {
            // A part that is kept is marked by a negative area: it can't be the greatest again.
            areas[IndexOfMax(areas)] = -1;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            destination[i] = areas[labels[i]] < 0 ? (byte)1 : (byte)0;
        }

        ArrayPool<int>.Shared.Return(rentedAreas);
        ArrayPool<int>.Shared.Return(rentedLabels);
    }

    private static int IndexOfMax(ReadOnlySpan<int> areas)
    {
        int best = 1;
        for (int i = 2; i < areas.Length; i++)
        {
            best = areas[i] > areas[best] ? i : best;
        }

        return best;
    }
}
