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
        using MaskRuns runs = MaskRuns.Find(mask, width, height, connectivity, inside: true);
        int[] rented = ArrayPool<int>.Shared.Rent(runs.PartCount + 1);
        Span<int> areas = rented.AsSpan(0, runs.PartCount + 1);
        runs.Areas(areas);
        for (int i = 0; i < Math.Min(keep, runs.PartCount); i++)
        {
            // A part that is kept is marked by a negative area: it can't be the greatest again.
            areas[IndexOfMax(areas)] = -1;
        }

        destination.Clear();
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            if (areas[runs.Parts[i]] < 0)
            {
                destination[runs.Starts[i]..runs.Ends[i]].Fill(1);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
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
