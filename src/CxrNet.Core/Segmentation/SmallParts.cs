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
        int[] labels = ArrayPool<int>.Shared.Rent(destination.Length);
        int count = ConnectedComponents.Label(mask, width, height, connectivity, labels.AsSpan(0, destination.Length));
        Select(labels.AsSpan(0, destination.Length), count, minimum, destination);
        ArrayPool<int>.Shared.Return(labels);
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
        int[] labels = Background.Label(mask, width, height, background, destination, out int count);
        Select(labels.AsSpan(0, destination.Length), count, minimum, destination);
        ArrayPool<int>.Shared.Return(labels);
        foreach (ref byte value in destination)
        {
            value = (byte)(1 - value);
        }
    }

    private static void Select(ReadOnlySpan<int> labels, int count, int minimum, Span<byte> destination)
    {
        int[] areas = ArrayPool<int>.Shared.Rent(count + 1);
        ConnectedComponents.Areas(labels, areas.AsSpan(0, count + 1));
        for (int i = 0; i < labels.Length; i++)
        {
            destination[i] = labels[i] != 0 && areas[labels[i]] >= minimum ? (byte)1 : (byte)0;
        }

        ArrayPool<int>.Shared.Return(areas);
    }
}
