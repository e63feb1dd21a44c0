namespace CxrNet;

/// <summary>Sky with clouds and a sun, hills, a meadow, a house.</summary>
internal sealed class OffTargetLandscape : OffTargetScene
{
    private readonly double _horizon;
    private readonly double _sunU;
    private readonly double _sky;
    private readonly double _houseU;
    private readonly double _houseSize;

    public OffTargetLandscape(int seed)
        : base(seed)
    {
        _horizon = Random.Between(0.35, 0.65);
        _sunU = Random.Between(0.1, 0.9);
        _sky = Random.Between(0.55, 0.8);
        _houseU = Random.Between(0.2, 0.8);
        _houseSize = Random.Between(0.06, 0.14);
    }

    public override double At(double u, double v, int x, int y)
    {
        double ridge = _horizon - (0.2 * PhantomNoise.Fractal(Seed, 3 * u, 0, 4));
        double sky = Over(_sky + (0.15 * v / _horizon), 0.97, PhantomNoise.Smooth(0.5, 0.75, PhantomNoise.Fractal(Seed + 20, 4 * u, 8 * v, 4)));
        double scene = Over(sky, 1, Ellipse(u, v, _sunU, 0.12, 0.05, 0.05));
        if (v > ridge)
        {
            scene = 0.3 + (0.2 * PhantomNoise.Fractal(Seed + 40, 10 * u, 10 * v, 4));
        }

        if (v > _horizon)
        {
            scene = 0.4 + (0.25 * PhantomNoise.Fractal(Seed + 60, 20 * u, 60 * v, 4)) - (0.2 * (v - _horizon));
        }

        double across = Math.Abs(u - _houseU) / _houseSize;
        double up = (v - _horizon) / _houseSize;
        bool wall = across < 1 && up is > -1 and < 0.7;
        bool roof = up is > -2 and <= -1 && across < 2 + up;
        bool window = wall && Math.Abs(across - 0.5) < 0.2 && Math.Abs(up + 0.3) < 0.25;
        return window ? 0.1 : wall ? 0.85 : roof ? 0.25 : scene;
    }
}
