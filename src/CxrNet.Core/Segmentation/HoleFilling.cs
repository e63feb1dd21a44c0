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
        int[] rented = Background.Label(mask, width, height, background, destination, out int count);
        ReadOnlySpan<int> labels = rented.AsSpan(0, destination.Length);
        bool[] open = ArrayPool<bool>.Shared.Rent(count + 1);
        open.AsSpan(0, count + 1).Clear();
        for (int x = 0; x < width; x++)
        {
            open[labels[x]] = true;
            open[labels[((height - 1) * width) + x]] = true;
        }

        for (int y = 0; y < height; y++)
        {
            open[labels[y * width]] = true;
            open[labels[(y * width) + width - 1]] = true;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            destination[i] = labels[i] != 0 && open[labels[i]] ? (byte)0 : (byte)1;
        }

        ArrayPool<bool>.Shared.Return(open);
        ArrayPool<int>.Shared.Return(rented);
    }
}
