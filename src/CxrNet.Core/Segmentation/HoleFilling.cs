using System.Buffers;

namespace CxrNet;

/// <summary>Fills the parts of the background that the mask encloses.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class HoleFilling
{
    /// <summary>Fills every part of the background that does not reach the image's border.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="background">Which background pixels are neighbours: <see cref="Connectivity.Four"/> (scipy's default) also fills a hole that the mask closes only diagonally.</param>
    /// <param name="destination">Receives 1 inside, 0 outside; may be the mask itself.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Fill(ReadOnlySpan<byte> mask, int width, int height, Connectivity background, Span<byte> destination)
    {
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        using MaskRuns runs = MaskRuns.Find(mask, width, height, background, inside: false);
        bool[] rented = ArrayPool<bool>.Shared.Rent(runs.PartCount + 1);
        Span<bool> open = rented.AsSpan(0, runs.PartCount + 1);
        open.Clear();
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            int start = runs.Starts[i], end = runs.Ends[i];
            open[runs.Parts[i]] |= start < width || start >= (height - 1) * width || start % width == 0 || end % width == 0;
        }

        destination.Fill(1);
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            if (open[runs.Parts[i]])
            {
                destination[runs.Starts[i]..runs.Ends[i]].Clear();
            }
        }

        ArrayPool<bool>.Shared.Return(rented);
    }
}
