using System.Buffers;

namespace CxrNet;

/// <summary>Numbers the connected parts of a mask (Rosenfeld and Pfaltz's two passes, joined by a union-find).</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class ConnectedComponents
{
    /// <summary>Labels a mask.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="connectivity">Which pixels are neighbours.</param>
    /// <param name="labels">Receives 0 outside, and 1, 2, … inside in the reading order of each part's first pixel, as scipy.ndimage.label numbers them.</param>
    /// <returns>How many parts there are.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static int Label(ReadOnlySpan<byte> mask, int width, int height, Connectivity connectivity, Span<int> labels)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        PlaneGuard.Check(labels.Length, width, height, nameof(labels));

        // A provisional label needs a pixel whose left neighbour is outside, so there are at most half as many as pixels.
        int[] rented = ArrayPool<int>.Shared.Rent((((width + 1) / 2) * height) + 1);
        Span<int> parents = rented;
        int provisional = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x;
                if (mask[i] == 0)
                {
                    labels[i] = 0;
                    continue;
                }

                int label = x > 0 ? labels[i - 1] : 0;
                if (y > 0)
                {
                    label = Join(parents, label, labels[i - width]);
                    if (connectivity == Connectivity.Eight)
                    {
                        label = Join(parents, label, x > 0 ? labels[i - width - 1] : 0);
                        label = Join(parents, label, x < width - 1 ? labels[i - width + 1] : 0);
                    }
                }

                if (label == 0)
                {
                    label = ++provisional;
                    parents[label] = label;
                }

                labels[i] = label;
            }
        }

        int count = Renumber(parents[..(provisional + 1)]);
        foreach (ref int label in labels)
        {
            label = label == 0 ? 0 : parents[label];
        }

        ArrayPool<int>.Shared.Return(rented);
        return count;
    }

    /// <summary>Counts the pixels of each part.</summary>
    /// <param name="labels">What <see cref="Label"/> gave.</param>
    /// <param name="areas">Receives at index l the pixels of label l; one longer than there are parts.</param>
    public static void Areas(ReadOnlySpan<int> labels, Span<int> areas)
    {
        areas.Clear();
        foreach (int label in labels)
        {
            areas[label]++;
        }
    }

    private static int Join(Span<int> parents, int a, int b)
    {
        if (a == 0 || b == 0 || a == b)
        {
            return a | b;
        }

        (a, b) = (RootOf(parents, a), RootOf(parents, b));
        int root = Math.Min(a, b);
        parents[Math.Max(a, b)] = root;
        return root;
    }

    private static int RootOf(Span<int> parents, int label)
    {
        while (parents[label] != label)
        {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }

        return label;
    }

    // Provisional labels grow in reading order and the least of a part is its root, so roots met in order are numbered in order.
    private static int Renumber(Span<int> parents)
    {
        int count = 0;
        for (int label = 1; label < parents.Length; label++)
        {
            parents[label] = parents[label] == label ? ++count : parents[parents[label]];
        }

        return count;
    }
}
