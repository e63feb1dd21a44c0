namespace CxrNet;

/// <summary>One drawing: a grey level for each point of the unit square, 0, 0 at the top left.</summary>
internal abstract class OffTargetScene(int seed)
{
    /// <summary>Numbers that are the drawing's own.</summary>
    protected PhantomRandom Random { get; } = new((ulong)seed * 0x9E3779B97F4A7C15 + 0x5DEECE66D);

    /// <summary>The drawing's own noise.</summary>
    protected ulong Seed { get; } = (ulong)seed * 0xD1B54A32D192ED03;

    /// <summary>The drawing of a kind; null where the kind is not drawn.</summary>
    public static OffTargetScene? Of(OffTargetKind kind, int seed) => kind switch
    {
        OffTargetKind.WhiteNoise or OffTargetKind.SaltAndPepper or OffTargetKind.BlockNoise or OffTargetKind.Clouds or OffTargetKind.Stripes or OffTargetKind.Gradient => new OffTargetPattern(kind, seed),
        OffTargetKind.TextPage => new OffTargetPage(seed),
        OffTargetKind.Landscape => new OffTargetLandscape(seed),
        OffTargetKind.Portrait => new OffTargetPortrait(seed),
        OffTargetKind.CtSlice => new OffTargetCtSlice(seed),
        OffTargetKind.Hand => new OffTargetHand(seed),
        OffTargetKind.LateralChest => new OffTargetLateral(seed),
        _ => null,
    };

    /// <summary>The grey level of a point; values beyond 0 … 1 are clamped.</summary>
    /// <param name="u">0 left … 1 right.</param>
    /// <param name="v">0 top … 1 bottom.</param>
    /// <param name="x">The column, for noise of single pixels.</param>
    /// <param name="y">The row.</param>
    public abstract double At(double u, double v, int x, int y);

    /// <summary>1 inside an ellipse, 0 outside, soft at its rim.</summary>
    protected static double Ellipse(double u, double v, double centerU, double centerV, double radiusU, double radiusV, double rim = 0.1)
    {
        double a = (u - centerU) / radiusU;
        double b = (v - centerV) / radiusV;
        return 1 - PhantomNoise.Smooth(1 - rim, 1 + rim, Math.Sqrt((a * a) + (b * b)));
    }

    /// <summary>1 near the line between two points, 0 beyond its half width.</summary>
    protected static double Stroke(double u, double v, double fromU, double fromV, double toU, double toV, double halfWidth)
    {
        double du = toU - fromU, dv = toV - fromV;
        double t = Math.Clamp((((u - fromU) * du) + ((v - fromV) * dv)) / ((du * du) + (dv * dv)), 0, 1);
        double a = u - (fromU + (t * du)), b = v - (fromV + (t * dv));
        return 1 - PhantomNoise.Smooth(0.8 * halfWidth, 1.2 * halfWidth, Math.Sqrt((a * a) + (b * b)));
    }

    /// <summary>A drawing over another.</summary>
    protected static double Over(double below, double color, double cover) => below + ((color - below) * cover);
}
