namespace CxrNet;

/// <summary>A small shift, scaling and rotation about the image's centre.</summary>
/// <param name="Right">Shift in shares of the width.</param>
/// <param name="Down">Shift in shares of the height.</param>
/// <param name="Scale">1 keeps the size.</param>
/// <param name="Sine">Of the angle, clockwise.</param>
internal readonly record struct SmallMotion(double Right, double Down, double Scale, double Sine)
{
    /// <summary>The motion of a number: a low-discrepancy sequence (R. Roberts' generalised golden ratio in four dimensions), so that few views cover the range evenly.</summary>
    /// <param name="number">1 or more.</param>
    public static SmallMotion Number(int number)
    {
        // 1 / g, 1 / g², … with g the root of x^5 = x + 1; each number 0 … 1, then -1 … 1.
        const double G = 1.1673039782614187;
        double Draw(double divisor) => (2 * (((0.5 + (number / divisor)) % 1) - 0.5));
        return new SmallMotion(0.03 * Draw(G), 0.03 * Draw(G * G), 1 + (0.05 * Draw(G * G * G)), 0.09 * Draw(G * G * G * G));
    }

    /// <summary>The moved image, of the same size: bilinear, the border pixel repeated.</summary>
    public GrayImage Apply(GrayImage image)
    {
        int width = image.Width, height = image.Height;
        ReadOnlySpan<float> pixels = image.Pixels;
        float[] moved = new float[pixels.Length];
        double cosine = Math.Sqrt(1 - (Sine * Sine)) / Scale, sine = Sine / Scale;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double dx = x + 0.5 - (width * (0.5 + Right)), dy = y + 0.5 - (height * (0.5 + Down));
                double u = Math.Clamp((cosine * dx) + (sine * dy) + (width * 0.5) - 0.5, 0, width - 1);
                double v = Math.Clamp((cosine * dy) - (sine * dx) + (height * 0.5) - 0.5, 0, height - 1);
                int left = (int)u, top = (int)v;
                int right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
                float a = (float)(u - left), b = (float)(v - top);
                float above = pixels[(top * width) + left] + (a * (pixels[(top * width) + right] - pixels[(top * width) + left]));
                float below = pixels[(bottom * width) + left] + (a * (pixels[(bottom * width) + right] - pixels[(bottom * width) + left]));
                moved[(y * width) + x] = above + (b * (below - above));
            }
        }

        return new GrayImage(width, height, moved, image.Info);
    }
}
