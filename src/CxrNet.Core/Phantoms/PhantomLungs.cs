namespace CxrNet;

/// <summary>The lung fields as a radiologist outlines them: without the heart's shadow, the mediastinum and what lies behind the diaphragm.</summary>
internal sealed class PhantomLungs(PhantomBuild build)
{
    private const double MediastinumHalfWidth = 0.115;

    /// <summary>How far inside a lung a point lies, roughly its distance to the border; negative outside.</summary>
    public double Depth(double x, double y)
    {
        double side = Math.Abs(x);
        double lateral = Lateral(y) - side;
        double medial = side - Medial(y);
        double across = Math.Min(lateral, medial);
        // Above the apex both borders run along one line, where each is at distance 0.
        double down = Math.Min(Diaphragm(x) - y, y - build.ApexY);
        return Math.Min(Math.Min(across, down), -HeartDepth(x, y));
    }

    /// <summary>The lateral border's distance from the midline; below the apex and beyond the widest place it goes on as the chest wall does.</summary>
    public double Lateral(double y)
    {
        double t = Up(y);
        double rounding = Rounding(t);
        return AxisX(t) + ((build.LungHalfWidth - AxisX(0)) * rounding * (1 - (0.16 * t))) - (0.10 * Squared(Math.Max(0, y - build.WidestY)));
    }

    /// <summary>Height of the diaphragm; it falls to the costophrenic angle at the chest wall.</summary>
    public double Diaphragm(double x)
    {
        double top = x < 0 ? build.RightDomeY : build.LeftDomeY;
        double away = Math.Abs(x) - 0.30;
        return top + (away > 0 ? 1.9 * away * away : 0.5 * away * away);
    }

    /// <summary>How far inside the shadow of heart and great vessels a point lies; negative outside.</summary>
    public double HeartDepth(double x, double y)
    {
        // The heart lies on a slope, from the image's upper left to its lower right: a shear keeps its lowest point on the diaphragm.
        double dy = y - build.HeartY;
        double dx = x - build.HeartX - (0.35 * dy);
        double heart = Ellipse(dx, dy, build.HeartHalfWidth, build.HeartHalfHeight);
        double aorta = Ellipse(x - 0.075, y + 0.20, 0.11, 0.10);
        double pulmonary = Ellipse(x - 0.09, y + 0.05, 0.125, 0.14);
        double cava = Ellipse(x + 0.06, y + 0.18, 0.09, 0.30);
        return Math.Max(Math.Max(heart, aorta), Math.Max(pulmonary, cava));
    }

    private double Medial(double y)
    {
        double t = Up(y);
        return AxisX(t) - ((AxisX(t) - MediastinumHalfWidth) * Math.Min(1, 1.25 * Rounding(t)));
    }

    // 0 at the widest place and below it, 1 at the apex.
    private double Up(double y) => Math.Clamp((build.WidestY - y) / (build.WidestY - build.ApexY), 0, 1.2);

    private static double Rounding(double t) => Math.Sqrt(Math.Max(0, 1 - (t * t * t)));

    private static double AxisX(double t) => 0.40 - (0.12 * t);

    private static double Squared(double value) => value * value;

    // Exact on the border and along the axes; between them good enough for shading.
    private static double Ellipse(double dx, double dy, double halfWidth, double halfHeight) =>
        (1 - Math.Sqrt(Squared(dx / halfWidth) + Squared(dy / halfHeight))) * Math.Min(halfWidth, halfHeight);
}
