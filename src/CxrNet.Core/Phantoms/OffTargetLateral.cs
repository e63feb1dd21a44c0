namespace CxrNet;

/// <summary>A chest from the side: spine behind, breastbone in front, one dark field above both domes, the heart low in front, arms raised.</summary>
internal sealed class OffTargetLateral : OffTargetScene
{
    private readonly double _lung;
    private readonly double _tissue;
    private readonly double _heartV;
    private readonly double _domeV;
    private readonly bool _mirrored;

    public OffTargetLateral(int seed)
        : base(seed)
    {
        _lung = Random.Between(0.15, 0.35);
        _tissue = Random.Between(0.6, 0.75);
        _heartV = Random.Between(0.56, 0.64);
        _domeV = Random.Between(0.76, 0.86);
        _mirrored = Random.Next() < 0.5;
    }

    public override double At(double u, double v, int x, int y)
    {
        double a = _mirrored ? 1 - u : u;
        double scene = Over(0.03, _tissue, Ellipse(a, v, 0.5, 0.62, 0.42, 0.62, 0.04));
        scene = Over(scene, 0.7, Stroke(a, v, 0.4, 0.12, 0.2, -0.1, 0.12));
        double bronchi = 0.12 * PhantomNoise.Smooth(0.55, 0.75, PhantomNoise.Fractal(Seed, 10 * a, 10 * v, 4));
        double field = Ellipse(a, v, 0.5, 0.5, 0.3, 0.4, 0.06) * (1 - Ellipse(a, v, 0.42, _domeV + 0.22, 0.45, 0.26, 0.03));
        scene = Over(scene, _lung + bronchi + (0.1 * Ellipse(a, v, 0.5, 0.42, 0.1, 0.1, 0.5)), field);
        scene = Over(scene, 0.68, 0.9 * Ellipse(a, v, 0.38, _heartV, 0.15, 0.15, 0.15));
        scene = Over(scene, _lung - 0.05, Stroke(a, v, 0.5, 0.02, 0.52, 0.36, 0.025));
        scene = Over(scene, 0.85, 0.8 * Stroke(a, v, 0.2, 0.26, 0.19, 0.7, 0.018));
        for (int vertebra = 0; vertebra < 12; vertebra++)
        {
            double down = 0.1 + (0.075 * vertebra);
            double back = 0.74 + (0.12 * down * (1 - down));
            scene = Over(scene, 0.8 - (0.15 * down), 0.8 * Ellipse(a, v, back, down, 0.05, 0.03, 0.15));
            scene = Over(scene, scene + 0.1, Stroke(a, v, back, down, 0.25, down + 0.16, 0.008));
        }

        return scene + (0.015 * PhantomNoise.Normal(Seed + 9, x, y));
    }
}
