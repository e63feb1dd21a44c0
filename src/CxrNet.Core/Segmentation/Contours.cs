using System.Buffers;

namespace CxrNet;

/// <summary>The outlines of a mask as closed polygons along the pixels' edges, so that a polygon's area is the number of pixels in it.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class Contours
{
    // Right, down, left, up.
    private static ReadOnlySpan<sbyte> StepX => [1, 0, -1, 0];

    private static ReadOnlySpan<sbyte> StepY => [0, 1, 0, -1];

    /// <summary>Follows every outline once.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="connectivity">Whether two parts that touch at a corner share one outline (<see cref="Connectivity.Eight"/>).</param>
    /// <returns>The corners of each outline, in reading order of its first pixel edge: outer ones clockwise as seen on screen, holes counter-clockwise. The last corner joins the first.</returns>
    /// <exception cref="ArgumentException">The length does not fit the dimensions.</exception>
    public static IReadOnlyList<IReadOnlyList<PixelPoint>> Trace(ReadOnlySpan<byte> mask, int width, int height, Connectivity connectivity)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        List<IReadOnlyList<PixelPoint>> outlines = [];

        // Every closed outline runs to the right somewhere, so marking these edges alone finds each outline once.
        bool[] seen = ArrayPool<bool>.Shared.Rent(mask.Length);
        seen.AsSpan(0, mask.Length).Clear();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (!seen[(y * width) + x] && HasEdge(mask, width, height, x, y, 0))
                {
                    outlines.Add(Follow(mask, width, height, connectivity, seen, x, y));
                }
            }
        }

        ArrayPool<bool>.Shared.Return(seen);
        return outlines;
    }

    private static List<PixelPoint> Follow(ReadOnlySpan<byte> mask, int width, int height, Connectivity connectivity, bool[] seen, int startX, int startY)
    {
        List<PixelPoint> corners = [];
        int x = startX, y = startY, direction = 0, came = -1;
        do
        {
            if (direction != came)
            {
                corners.Add(new PixelPoint(x, y));
            }

            if (direction == 0)
            {
                seen[(y * width) + x] = true;
            }

            x += StepX[direction];
            y += StepY[direction];
            came = direction;

            // The inside is on the right hand: a left turn first joins parts that touch at a corner, a right turn first keeps them apart.
            int turn = connectivity == Connectivity.Eight ? 3 : 1;
            direction = (came + turn) % 4;
            if (!HasEdge(mask, width, height, x, y, direction))
            {
                direction = HasEdge(mask, width, height, x, y, came) ? came : (came + 4 - turn) % 4;
            }
        }
        while (x != startX || y != startY || direction != 0);

        return corners;
    }

    // Whether an edge starts at this corner in this direction, with the mask on its right hand.
    private static bool HasEdge(ReadOnlySpan<byte> mask, int width, int height, int x, int y, int direction) => direction switch
    {
        0 => IsInside(mask, width, height, x, y) && !IsInside(mask, width, height, x, y - 1),
        1 => IsInside(mask, width, height, x - 1, y) && !IsInside(mask, width, height, x, y),
        2 => IsInside(mask, width, height, x - 1, y - 1) && !IsInside(mask, width, height, x - 1, y),
        _ => IsInside(mask, width, height, x, y - 1) && !IsInside(mask, width, height, x - 1, y - 1),
    };

    private static bool IsInside(ReadOnlySpan<byte> mask, int width, int height, int x, int y) =>
        (uint)x < (uint)width && (uint)y < (uint)height && mask[(y * width) + x] != 0;
}
