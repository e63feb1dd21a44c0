namespace CxrNet.WebViewer.Analysis;

/// <summary>The lungs as lines, so that they are sharp at any zoom and small on the way.</summary>
/// <param name="Area">The lungs' share of the image, 0 … 1.</param>
/// <param name="Outlines">Closed polygons, each x, y, x, y … in pixels of the image from its upper left corner.</param>
internal sealed record LungLayer(double Area, IReadOnlyList<IReadOnlyList<double>> Outlines)
{
    // The segmenter's own grid is 192; more would draw its interpolation.
    private const int TracedSide = 512;

    // A part of a cell: what it drops cannot be seen.
    private const double Tolerance = 0.6;

    private const int LeastPoints = 3;

    public static LungLayer? From(CxrReport report)
    {
        if (report.Lungs is not { } lungs)
        {
            return null;
        }

        (int width, int height) = SmallPlane.Within(lungs.Width, lungs.Height, TracedSide);
        byte[] inside = new byte[width * height];
        MaskThreshold.Apply(SmallPlane.Of(lungs.Probabilities, lungs.Width, lungs.Height, width, height), lungs.Threshold, inside);
        double across = (double)lungs.Width / width, down = (double)lungs.Height / height;
        IReadOnlyList<double>[] outlines =
        [
            .. Contours.Trace(inside, width, height, Connectivity.Eight)
                .Select(corners => Polyline.Simplify(Polyline.MiddlesOf(corners), Tolerance))
                .Where(points => points.Count >= LeastPoints)
                .Select(points => points.SelectMany(p => new[] { Math.Round(p.X * across, 1), Math.Round(p.Y * down, 1) }).ToArray()),
        ];
        return new LungLayer(Math.Round((double)inside.Count(static b => b != 0) / inside.Length, 4), outlines);
    }
}
