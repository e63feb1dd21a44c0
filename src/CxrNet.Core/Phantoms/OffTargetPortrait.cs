namespace CxrNet;

/// <summary>A face with hair, eyes, mouth and shoulders before a wall.</summary>
internal sealed class OffTargetPortrait : OffTargetScene
{
    private readonly double _wall;
    private readonly double _skin;
    private readonly double _hair;
    private readonly double _clothes;
    private readonly double _u;
    private readonly double _size;

    public OffTargetPortrait(int seed)
        : base(seed)
    {
        _wall = Random.Between(0.2, 0.9);
        _skin = Random.Between(0.4, 0.85);
        _hair = Random.Between(0.05, 0.5);
        _clothes = Random.Between(0.1, 0.9);
        _u = Random.Between(0.42, 0.58);
        _size = Random.Between(0.8, 1.15);
    }

    public override double At(double u, double v, int x, int y)
    {
        double a = (u - _u) / _size, b = (v - 0.42) / _size;
        double shade = 0.12 * a / 0.2;
        double scene = _wall + (0.1 * (PhantomNoise.Fractal(Seed, 3 * u, 3 * v, 3) - 0.5));
        scene = Over(scene, _clothes, Ellipse(a, b, 0, 0.62, 0.45, 0.3, 0.03));
        scene = Over(scene, _skin - 0.1, Ellipse(a, b, 0, 0.28, 0.09, 0.16));
        scene = Over(scene, _hair, Ellipse(a, b, 0, -0.06, 0.23, 0.28, 0.05));
        scene = Over(scene, _skin - shade, Ellipse(a, b, 0, 0.02, 0.18, 0.25, 0.05));
        scene = Over(scene, _hair, Ellipse(a, b, 0, -0.22, 0.19, 0.09));
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            scene = Over(scene, 0.95, Ellipse(a, b, side * 0.075, -0.03, 0.035, 0.018));
            scene = Over(scene, 0.05, Ellipse(a, b, side * 0.075, -0.03, 0.015, 0.016));
            scene = Over(scene, _hair, Ellipse(a, b, side * 0.075, -0.08, 0.045, 0.012));
        }

        scene = Over(scene, _skin - 0.2, Stroke(a, b, 0, -0.02, 0.015, 0.07, 0.01));
        scene = Over(scene, _skin - 0.35, Ellipse(a, b, 0, 0.14, 0.065, 0.018));
        return scene + (0.01 * PhantomNoise.Normal(Seed + 9, x, y));
    }
}
