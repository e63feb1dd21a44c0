namespace CxrNet;

/// <summary>Air, skin and fat, ribs, two lungs with vessels, heart, aorta, vertebra, and the table below.</summary>
internal sealed class OffTargetCtSlice : OffTargetScene
{
    private readonly double _radiusU;
    private readonly double _radiusV;
    private readonly double _lung;
    private readonly double _heartU;
    private readonly bool _filled;

    public OffTargetCtSlice(int seed)
        : base(seed)
    {
        _radiusU = Random.Between(0.38, 0.48);
        _radiusV = Random.Between(0.26, 0.36);
        _lung = Random.Between(0.02, 0.2);
        _heartU = Random.Between(0.52, 0.58);
        _filled = Random.Next() < 0.3;
    }

    public override double At(double u, double v, int x, int y)
    {
        double scene = 0.25 * Ellipse(u, v, 0.5, 0.5 + _radiusV + 0.35, 0.6, 0.3, 0.02) * (1 - Ellipse(u, v, 0.5, 0.5 + _radiusV + 0.37, 0.6, 0.3, 0.02));
        scene = Over(scene, 0.35, Ellipse(u, v, 0.5, 0.5, _radiusU, _radiusV, 0.02));
        scene = Over(scene, 0.55, Ellipse(u, v, 0.5, 0.5, _radiusU * 0.92, _radiusV * 0.9, 0.03));
        double vessels = PhantomNoise.Smooth(0.62, 0.7, PhantomNoise.Fractal(Seed, 14 * u, 14 * v, 3));
        double lung = _filled ? 0.45 : _lung + (0.5 * vessels);
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            scene = Over(scene, lung, Ellipse(u, v, 0.5 + (side * _radiusU * 0.45), 0.48, _radiusU * 0.36, _radiusV * 0.72, 0.05));
        }

        scene = Over(scene, 0.62, Ellipse(u, v, _heartU, 0.44, _radiusU * 0.3, _radiusV * 0.42, 0.05));
        scene = Over(scene, 0.7, Ellipse(u, v, 0.55, 0.5 + (_radiusV * 0.45), 0.03, 0.03));
        scene = Over(scene, 0.95, Ellipse(u, v, 0.5, 0.5 + (_radiusV * 0.62), 0.055, 0.05));
        scene = Over(scene, 0.6, Ellipse(u, v, 0.5, 0.5 + (_radiusV * 0.8), 0.015, 0.02));
        for (int rib = 0; rib < 10; rib++)
        {
            // Points on the body's rim, the same angle apart: a square root in place of sine and cosine.
            double along = ((rib % 5) - 2) * 0.42;
            double across = Math.Sqrt(1 - (along * along)) * (rib < 5 ? -1 : 1);
            scene = Over(scene, 0.97, Ellipse(u, v, 0.5 + (across * _radiusU * 0.87), 0.5 + (along * _radiusV * 0.87), 0.022, 0.014));
        }

        return scene + (0.02 * PhantomNoise.Normal(Seed + 9, x, y));
    }
}
