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
        using MaskRuns runs = MaskRuns.Find(mask, width, height, Connectivity.Eight, inside: true);
        int count = runs.PartCount, cut = count == 0 ? 0 : CutOf(mask, width, height, count > 1);
        long[] rented = ArrayPool<long>.Shared.Rent(count + 1);
        Span<long> balance = rented.AsSpan(0, count + 1);
        balance.Clear();
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            // The sum of 2 x + 1 - 2 cut over the run's columns.
            long from = runs.Starts[i] % width, length = runs.Ends[i] - runs.Starts[i];
            balance[runs.Parts[i]] += length * ((2 * from) + length - (2 * cut));
        }

        left.Clear();
        right.Clear();
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            int start = runs.Starts[i], end = runs.Ends[i];
            int middle = count > 1 ? (balance[runs.Parts[i]] < 0 ? end : start) : Math.Clamp(start - (start % width) + cut, start, end);
            left[start..middle].Fill(1);
            right[middle..end].Fill(1);
        }

        ArrayPool<long>.Shared.Return(rented);
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
