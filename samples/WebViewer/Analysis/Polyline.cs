namespace CxrNet.WebViewer.Analysis;

/// <summary>From outlines along pixel edges to lines for the eye.</summary>
internal static class Polyline
{
    /// <summary>The middles of a closed outline's edges: a staircase becomes the slope that it stands for.</summary>
    public static List<(double X, double Y)> MiddlesOf(IReadOnlyList<PixelPoint> corners)
    {
        List<(double X, double Y)> middles = [];
        for (int i = 0; i < corners.Count; i++)
        {
            PixelPoint from = corners[i], to = corners[(i + 1) % corners.Count];
            // A long edge keeps its ends, or its middle alone would round the outline off.
            int length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
            double inset = Math.Min(0.5, length / 2.0) / length;
            middles.Add((from.X + (inset * (to.X - from.X)), from.Y + (inset * (to.Y - from.Y))));
            if (length > 1)
            {
                middles.Add((to.X - (inset * (to.X - from.X)), to.Y - (inset * (to.Y - from.Y))));
            }
        }

        return middles;
    }

    /// <summary>Leaves out points of a closed outline that lie within the tolerance of what remains: D. H. Douglas, T. K. Peucker, Cartographica 10 (1973) 112.</summary>
    public static List<(double X, double Y)> Simplify(List<(double X, double Y)> points, double tolerance)
    {
        if (points.Count < 4)
        {
            return points;
        }

        // A closed line has no ends: it is cut at its first point and at the one farthest from it.
        int far = Enumerable.Range(0, points.Count).MaxBy(i => Squared(points[0], points[i]));
        bool[] kept = new bool[points.Count + 1];
        kept[0] = kept[far] = true;
        List<(double X, double Y)> closed = [.. points, points[0]];
        Stack<(int From, int To)> parts = new([(0, far), (far, points.Count)]);
        while (parts.TryPop(out (int From, int To) part))
        {
            (int worst, double distance) = (0, tolerance);
            for (int i = part.From + 1; i < part.To; i++)
            {
                double d = FromLine(closed[i], closed[part.From], closed[part.To]);
                (worst, distance) = d > distance ? (i, d) : (worst, distance);
            }

            if (worst > 0)
            {
                kept[worst] = true;
                parts.Push((part.From, worst));
                parts.Push((worst, part.To));
            }
        }

        return [.. points.Where((_, i) => kept[i])];
    }

    private static double FromLine((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        double length = Math.Sqrt(Squared(from, to));
        return length == 0
            ? Math.Sqrt(Squared(from, point))
            : Math.Abs(((to.X - from.X) * (from.Y - point.Y)) - ((from.X - point.X) * (to.Y - from.Y))) / length;
    }

    private static double Squared((double X, double Y) a, (double X, double Y) b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}
