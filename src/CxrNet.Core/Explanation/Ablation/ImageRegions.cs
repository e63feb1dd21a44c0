namespace CxrNet;

/// <summary>Ways to cut an image into regions.</summary>
public static class ImageRegions
{
    /// <summary>Rectangles of equal size, row by row; where the sides do not divide, they differ by a pixel.</summary>
    /// <param name="rows">Down, 1 or more.</param>
    /// <param name="columns">Across, 1 or more.</param>
    public static RegionLabels Patches(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        return seen =>
        {
            int down = Math.Min(rows, seen.Height), across = Math.Min(columns, seen.Width);
            int[] labels = new int[seen.Width * seen.Height];
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = (i / seen.Width * down / seen.Height * across) + (i % seen.Width * across / seen.Width);
            }

            return labels;
        };
    }

    /// <summary>Superpixels: regions of like grey that keep to edges.</summary>
    /// <param name="count">About how many; 64 by default.</param>
    /// <param name="compactness">How much nearness weighs against grey level; 0.1 by default, larger for squarer regions.</param>
    public static RegionLabels Superpixels(int count = 64, double compactness = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(compactness);
        return seen => CxrNet.Superpixels.Of(seen, count, compactness);
    }

    /// <summary>How many regions there are, checked.</summary>
    internal static int Count(int[] labels, GrayImage seen)
    {
        if (labels.Length != seen.Pixels.Length)
        {
            throw new ArgumentException($"{labels.Length} region labels given, {seen.Width} x {seen.Height} = {seen.Pixels.Length} expected.");
        }

        int count = labels.Max() + 1;
        bool[] there = new bool[Math.Max(0, count)];
        foreach (int label in labels)
        {
            if (label >= 0)
            {
                there[label] = true;
            }
        }

        int missing = Array.IndexOf(there, false);
        return missing < 0 ? count : throw new ArgumentException($"Regions are numbered up to {count - 1}, but no pixel has number {missing}.");
    }
}
