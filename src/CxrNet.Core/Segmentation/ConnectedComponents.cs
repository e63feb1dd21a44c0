namespace CxrNet;

/// <summary>Numbers the connected parts of a mask (Rosenfeld and Pfaltz's two passes over runs of pixels, joined by a union-find).</summary>
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
        PlaneGuard.Check(labels.Length, width, height, nameof(labels));
        using MaskRuns runs = MaskRuns.Find(mask, width, height, connectivity, inside: true);
        labels.Clear();
        for (int i = 0; i < runs.Parts.Length; i++)
        {
            labels[runs.Starts[i]..runs.Ends[i]].Fill(runs.Parts[i]);
        }

        return runs.PartCount;
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
}
