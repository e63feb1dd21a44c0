namespace CxrNet;

/// <summary>Vessels that branch from the hila into the lungs, drawn once into a plane of the image's size.</summary>
internal sealed class PhantomVessels(PhantomRandom random, PhantomCanvas canvas)
{
    private readonly float[] _plane = new float[canvas.Width * canvas.Height];

    /// <summary>Attenuation of the vessels, one value per pixel.</summary>
    public float[] Draw()
    {
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            double hilumX = side * 0.19;
            double hilumY = side < 0 ? -0.05 : -0.09;
            // Upper, middle and lower branches, as directions; the lower lobes are better supplied.
            foreach ((double dx, double dy, double radius) in (ReadOnlySpan<(double, double, double)>)[(0.35, -1, 0.020), (0.8, -0.75, 0.019), (1, -0.15, 0.018), (1, 0.35, 0.021), (0.75, 0.8, 0.024), (0.35, 1, 0.026)])
            {
                Branch(hilumX, hilumY + random.Between(-0.03, 0.03), side * (dx + random.Between(-0.1, 0.1)), dy + random.Between(-0.1, 0.1), radius, 0);
            }
        }

        return _plane;
    }

    private void Branch(double x, double y, double dx, double dy, double radius, int generation)
    {
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        dx /= length;
        dy /= length;
        int steps = 3 + (int)(3 * random.Next());
        for (int step = 0; step < steps; step++)
        {
            double stride = random.Between(0.030, 0.045);
            double nextX = x + (dx * stride);
            double nextY = y + (dy * stride);
            Stroke(x, y, nextX, nextY, radius);
            (x, y) = (nextX, nextY);
            (dx, dy) = Turn(dx, dy, random.Between(-0.10, 0.10));
            radius *= 0.93;
        }

        if (generation == 5 || radius < 0.0025)
        {
            return;
        }

        double split = random.Between(0.18, 0.34);
        (double leftX, double leftY) = Turn(dx, dy, split * random.Between(0.5, 1));
        (double rightX, double rightY) = Turn(dx, dy, -split);
        Branch(x, y, leftX, leftY, radius * 0.78, generation + 1);
        Branch(x, y, rightX, rightY, radius * 0.70, generation + 1);
    }

    // Rotation by 2 atan(t), which needs neither sine nor cosine.
    private static (double X, double Y) Turn(double dx, double dy, double t)
    {
        double cos = (1 - (t * t)) / (1 + (t * t));
        double sin = 2 * t / (1 + (t * t));
        return ((dx * cos) - (dy * sin), (dx * sin) + (dy * cos));
    }

    private void Stroke(double x0, double y0, double x1, double y1, double radius)
    {
        // Below a pixel a vessel grows fainter, not thinner.
        double drawn = Math.Max(radius, 0.7 * canvas.PixelSize);
        double strength = Math.Min(1, radius / 0.016) * (radius / drawn);
        (int left, int top) = canvas.PixelOf(Math.Min(x0, x1) - drawn, Math.Min(y0, y1) - drawn);
        (int right, int bottom) = canvas.PixelOf(Math.Max(x0, x1) + drawn, Math.Max(y0, y1) + drawn);
        double lengthSquared = ((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                (double x, double y) = canvas.PointOf(column, row);
                double along = Math.Clamp((((x - x0) * (x1 - x0)) + ((y - y0) * (y1 - y0))) / lengthSquared, 0, 1);
                double offX = x - x0 - (along * (x1 - x0));
                double offY = y - y0 - (along * (y1 - y0));
                double value = strength * PhantomNoise.Bump(((offX * offX) + (offY * offY)) / (drawn * drawn * 1.6));
                ref float pixel = ref _plane[(row * canvas.Width) + column];
                pixel = Math.Max(pixel, (float)value);
            }
        }
    }
}
