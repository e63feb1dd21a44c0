using System.Buffers;

namespace CxrNet;

/// <summary>Tells the two lungs of a mask apart.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class LungSides
{
    /// <summary>Splits a mask between the image's left half (the patient's right lung on a frontal view) and its right half.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="left">Receives 1 where the lung on the image's left is.</param>
    /// <param name="right">Receives 1 where the lung on the image's right is.</param>
    /// <remarks>Each connected part goes to the side of the middle of the mask's box on which its own centre lies; a part that is all of the mask is cut at the emptiest column of the box's middle third.</remarks>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Split(ReadOnlySpan<byte> mask, int width, int height, Span<byte> left, Span<byte> right)
    {
        PlaneGuard.Check(left.Length, width, height, nameof(left));
        PlaneGuard.Check(right.Length, width, height, nameof(right));
        int[] labels = ArrayPool<int>.Shared.Rent(left.Length);
        int count = ConnectedComponents.Label(mask, width, height, Connectivity.Eight, labels.AsSpan(0, left.Length));
        int cut = count == 0 ? 0 : CutOf(mask, width, height, count > 1);
        long[] balance = ArrayPool<long>.Shared.Rent(count + 1);
        balance.AsSpan(0, count + 1).Clear();
        for (int i = 0; i < left.Length; i++)
        {
            balance[labels[i]] += (2 * (i % width)) + 1 - (2 * cut);
        }

        for (int i = 0; i < left.Length; i++)
        {
            bool inside = labels[i] != 0;
            bool onLeft = count > 1 ? balance[labels[i]] < 0 : i % width < cut;
            left[i] = inside && onLeft ? (byte)1 : (byte)0;
            right[i] = inside && !onLeft ? (byte)1 : (byte)0;
        }

        ArrayPool<long>.Shared.Return(balance);
        ArrayPool<int>.Shared.Return(labels);
    }

    private static int CutOf(ReadOnlySpan<byte> mask, int width, int height, bool middle)
    {
        PixelRegion box = MaskBounds.Of(mask, width, height)!.Value;
        if (middle)
        {
            // The box's middle, not the median: one lung may be far smaller than the other.
            return box.X + (box.Width / 2);
        }

        int best = box.X + (box.Width / 2), fewest = int.MaxValue;
        for (int x = box.X + (box.Width / 3); x <= box.X + (2 * box.Width / 3); x++)
        {
            int pixels = 0;
            for (int y = box.Y; y < box.Y + box.Height; y++)
            {
                pixels += mask[(y * width) + x] != 0 ? 1 : 0;
            }

            if (pixels < fewest)
            {
                (best, fewest) = (x, pixels);
            }
        }

        return best;
    }
}
