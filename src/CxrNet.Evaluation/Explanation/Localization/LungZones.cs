namespace CxrNet.Evaluation;

/// <summary>The six zones in which radiologists score chest radiographs: upper, middle and lower third of each lung (as in the Brixia score, A. Borghesi, R. Maroldi, Radiol. Med. 125 (2020) 509).</summary>
public static class LungZones
{
    /// <summary>What the numbers mean; left and right are the image's, so the patient's right lung is on the left of a frontal view.</summary>
    public static IReadOnlyList<string> Names { get; } = ["outside", "image-left upper", "image-left middle", "image-left lower", "image-right upper", "image-right middle", "image-right lower"];

    /// <summary>Numbers the pixels of a lung mask.</summary>
    /// <param name="lungs">The lungs are told apart at the middle of the mask's bounding box; each is cut in three equal heights.</param>
    /// <returns>For each pixel the index of its zone's name.</returns>
    public static int[] Of(BinaryMask lungs)
    {
        ArgumentNullException.ThrowIfNull(lungs);
        int[] zones = new int[lungs.Pixels.Length];
        (int left, int right) = Extent(lungs, 0, lungs.Width, byRow: false);
        int middle = (left + right + 1) / 2;
        (int Top, int Bottom)[] sides = [Extent(lungs, 0, middle, byRow: true), Extent(lungs, middle, lungs.Width, byRow: true)];
        for (int i = 0; i < zones.Length; i++)
        {
            if (lungs.Pixels[i])
            {
                int side = i % lungs.Width < middle ? 0 : 1;
                (int top, int bottom) = sides[side];
                zones[i] = 1 + (3 * side) + ((i / lungs.Width - top) * 3 / (bottom - top + 1));
            }
        }

        return zones;
    }

    private static (int First, int Last) Extent(BinaryMask mask, int from, int to, bool byRow)
    {
        int first = int.MaxValue;
        int last = -1;
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = from; x < to; x++)
            {
                if (mask[x, y])
                {
                    first = Math.Min(first, byRow ? y : x);
                    last = Math.Max(last, byRow ? y : x);
                }
            }
        }

        return last < 0 ? (0, 0) : (first, last);
    }
}
