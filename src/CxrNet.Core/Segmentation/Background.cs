using System.Buffers;

namespace CxrNet;

/// <summary>The connected parts of what a mask leaves out.</summary>
internal static class Background
{
    /// <summary>Labels the background; 0 stands for the mask itself.</summary>
    /// <returns>A rented array of at least width x height labels; the caller returns it.</returns>
    public static int[] Label(ReadOnlySpan<byte> mask, int width, int height, Connectivity connectivity, Span<byte> work, out int count)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        PlaneGuard.Check(work.Length, width, height, nameof(work));
        for (int i = 0; i < mask.Length; i++)
        {
            work[i] = mask[i] == 0 ? (byte)1 : (byte)0;
        }

        int[] labels = ArrayPool<int>.Shared.Rent(work.Length);
        count = ConnectedComponents.Label(work, width, height, connectivity, labels.AsSpan(0, work.Length));
        return labels;
    }
}
