namespace CxrNet;

/// <summary>SLIC on grey images: R. Achanta et al., IEEE Trans. Pattern Anal. Mach. Intell. 34 (2012) 2274.</summary>
/// <remarks>k-means in (grey, x, y) from a regular grid, each centre looking no further than one cell around; then every piece that is not its label's largest goes to a neighbour, so regions are connected.</remarks>
internal static class Superpixels
{
    private const int Iterations = 10;

    public static int[] Of(GrayImage image, int count, double compactness)
    {
        int width = image.Width, height = image.Height;
        ReadOnlySpan<float> pixels = image.Pixels;
        double step = Math.Max(1, Math.Sqrt((double)width * height / count));
        int columns = Math.Clamp((int)Math.Round(width / step), 1, width), rows = Math.Clamp((int)Math.Round(height / step), 1, height);
        (double Grey, double X, double Y)[] centres = new (double, double, double)[columns * rows];
        for (int c = 0; c < centres.Length; c++)
        {
            double x = ((c % columns) + 0.5) * width / columns, y = ((c / columns) + 0.5) * height / rows;
            centres[c] = (pixels[((int)y * width) + (int)x], x, y);
        }

        int[] labels = new int[pixels.Length];
        double[] distances = new double[pixels.Length];
        double nearness = compactness * compactness / (step * step);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Assign(pixels, width, height, centres, step, nearness, labels, distances);
            Move(pixels, width, labels, centres);
        }

        return Connected(labels, width);
    }

    private static void Assign(ReadOnlySpan<float> pixels, int width, int height, (double Grey, double X, double Y)[] centres, double step, double nearness, int[] labels, double[] distances)
    {
        Array.Fill(distances, double.PositiveInfinity);
        for (int c = 0; c < centres.Length; c++)
        {
            (double grey, double cx, double cy) = centres[c];
            for (int y = Math.Max(0, (int)(cy - step)); y <= Math.Min(height - 1, (int)(cy + step)); y++)
            {
                for (int x = Math.Max(0, (int)(cx - step)); x <= Math.Min(width - 1, (int)(cx + step)); x++)
                {
                    int i = (y * width) + x;
                    double g = pixels[i] - grey, dx = x - cx, dy = y - cy;
                    double distance = (g * g) + (nearness * ((dx * dx) + (dy * dy)));
                    if (distance < distances[i])
                    {
                        (distances[i], labels[i]) = (distance, c);
                    }
                }
            }
        }
    }

    private static void Move(ReadOnlySpan<float> pixels, int width, int[] labels, (double Grey, double X, double Y)[] centres)
    {
        (double Grey, double X, double Y, int Count)[] sums = new (double, double, double, int)[centres.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ref (double Grey, double X, double Y, int Count) sum = ref sums[labels[i]];
            sum = (sum.Grey + pixels[i], sum.X + (i % width), sum.Y + (i / width), sum.Count + 1);
        }

        for (int c = 0; c < centres.Length; c++)
        {
            if (sums[c].Count > 0)
            {
                centres[c] = (sums[c].Grey / sums[c].Count, sums[c].X / sums[c].Count, sums[c].Y / sums[c].Count);
            }
        }
    }

    // Pieces of fewer pixels than a quarter of the mean go to the piece that was met before them, as in the paper; the rest are numbered anew.
    private static int[] Connected(int[] labels, int width)
    {
        int least = Math.Max(1, labels.Length / (labels.Max() + 1) / 4);
        int[] regions = new int[labels.Length];
        Array.Fill(regions, -1);
        int[] piece = new int[labels.Length];
        int next = 0;
        for (int start = 0; start < labels.Length; start++)
        {
            if (regions[start] >= 0)
            {
                continue;
            }

            int neighbour = start % width > 0 ? regions[start - 1] : start >= width ? regions[start - width] : -1;
            int count = 1;
            (piece[0], regions[start]) = (start, next);
            for (int read = 0; read < count; read++)
            {
                int i = piece[read], x = i % width;
                Visit(i - 1, x > 0);
                Visit(i + 1, x < width - 1);
                Visit(i - width, i >= width);
                Visit(i + width, i < labels.Length - width);
            }

            if (count < least && neighbour >= 0)
            {
                foreach (int i in piece.AsSpan(0, count))
                {
                    regions[i] = neighbour;
                }
            }
            else
            {
                next++;
            }

            void Visit(int i, bool inside)
            {
                if (inside && regions[i] < 0 && labels[i] == labels[start])
                {
                    regions[i] = next;
                    piece[count++] = i;
                }
            }
        }

        return regions;
    }
}
