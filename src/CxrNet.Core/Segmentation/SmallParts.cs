using System.Buffers;

namespace CxrNet;

/// <summary>Removes specks and closes pinholes.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class SmallParts
{
    /// <summary>Removes the parts of a mask that have fewer pixels than a minimum: skimage's <c>remove_small_objects</c>.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="minimum">A part of exactly so many pixels stays.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <param name="destination">Receives 1 inside, 0 outside; may be the mask itself.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Remove(ReadOnlySpan<byte> mask, int width, int height, int minimum, Connectivity connectivity, Span<byte> destination)
    {
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        using MaskRuns runs = MaskRuns.Find(mask, width, height, connectivity, inside: true);
        destination.Clear();
        FillLarge(runs, minimum, 1, destination);
    }

    /// <summary>Fills the parts of the background that have fewer pixels than a minimum, also those at the image's border: skimage's <c>remove_small_holes</c>.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="minimum">A part of exactly so many pixels stays open.</param>
    /// <param name="background">Which background pixels are neighbours; skimage's default is <see cref="Connectivity.Four"/>.</param>
    /// <param name="destination">Receives 1 inside, 0 outside; may be the mask itself.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void FillHoles(ReadOnlySpan<byte> mask, int width, int height, int minimum, Connectivity background, Span<byte> destination)
    {
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        using MaskRuns runs = MaskRuns.Find(mask, width, height, background, inside: false);
        destination.Fill(1);
        FillLarge(runs, minimum, 0, destination);
    }

    private static void FillLarge(in MaskRuns runs, int minimum, byte value, Span<byte> destination)
    {
        int[] areas = ArrayPool<int>.Shared.Rent(runs.PartCount + 1);
        runs.Areas(areas.AsSpan(0, runs.PartCount + 1));
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            if (areas[runs.Parts[i]] >= minimum)
            {
                destination[runs.Starts[i]..runs.Ends[i]].Fill(value);
            }
        }

        ArrayPool<int>.Shared.Return(areas);
    }
}
