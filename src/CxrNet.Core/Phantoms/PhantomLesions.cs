namespace CxrNet;

/// <summary>How much of the lung's air the disease of a class takes away at each place.</summary>
internal sealed class PhantomLesions
{
    private readonly PhantomClass _class;
    private readonly PhantomLungs _lungs;
    private readonly ulong _seed;
    private readonly List<Patch> _patches = [];

    public PhantomLesions(PhantomClass phantomClass, PhantomBuild build, PhantomLungs lungs, PhantomRandom random)
    {
        _class = phantomClass;
        _lungs = lungs;
        _seed = (ulong)(random.Next() * long.MaxValue);
        switch (phantomClass)
        {
            case PhantomClass.BacterialPneumonia:
                _patches.Add(Lobe(build, random));
                break;
            case PhantomClass.ViralPneumonia:
                _patches.Add(new Patch(-0.30, random.Between(-0.02, 0.10), 0.50, 0.62));
                _patches.Add(new Patch(0.30, random.Between(-0.02, 0.10), 0.50, 0.62));
                break;
            case PhantomClass.Covid19:
                AddPeripheralPatches(build, random, -1);
                AddPeripheralPatches(build, random, 1);
                break;
        }
    }

    /// <summary>0 = healthy, 1 = no air left; and whether the place belongs to the lesion, which a healthy-looking mesh of a net does too.</summary>
    /// <param name="x">Across.</param>
    /// <param name="y">Down.</param>
    /// <param name="depth">How far inside the lung the point lies.</param>
    public (double Opacity, bool IsLesion) At(double x, double y, double depth)
    {
        if (depth <= 0 || _patches.Count == 0)
        {
            return (0, false);
        }

        return _class switch
        {
            PhantomClass.BacterialPneumonia => Consolidation(x, y),
            PhantomClass.ViralPneumonia => Net(x, y),
            _ => GroundGlass(x, y, depth),
        };
    }

    private static Patch Lobe(PhantomBuild build, PhantomRandom random)
    {
        int side = random.Next() < 0.6 ? -1 : 1;
        double dome = side < 0 ? build.RightDomeY : build.LeftDomeY;
        return random.Next() < 0.45
            ? new Patch(side * 0.33, build.ApexY + random.Between(0.30, 0.42), 0.42, 0.44, FissureY: build.ApexY + random.Between(0.62, 0.68))
            : new Patch(side * random.Between(0.40, 0.46), dome - random.Between(0.10, 0.20), 0.36, 0.36);
    }

    private void AddPeripheralPatches(PhantomBuild build, PhantomRandom random, int side)
    {
        int count = 2 + (int)(2 * random.Next());
        for (int i = 0; i < count; i++)
        {
            // From the base upwards, each centred just inside the chest wall.
            double y = build.RightDomeY - 0.06 - (i * random.Between(0.20, 0.27));
            double x = side * (_lungs.Lateral(y) - random.Between(0.06, 0.12));
            double size = random.Between(0.15, 0.22) * (1 - (0.15 * i));
            _patches.Add(new Patch(x, y, size, size * random.Between(0.8, 1.15)));
        }
    }

    private (double, bool) Consolidation(double x, double y)
    {
        Patch lobe = _patches[0];
        double weight = lobe.Weight(x, y, 0.8 * (Cloud(x, y, 5) - 0.5));
        if (lobe.FissureY is double fissure)
        {
            // The lower border of the upper lobe is a sharp line, seen edge on.
            weight *= 1 - PhantomNoise.Smooth(-0.012, 0.012, y - fissure);
        }

        double opacity = PhantomNoise.Smooth(0.05, 0.40, weight);
        return (0.80 * opacity * (0.85 + (0.3 * Cloud(x, y, 5))), opacity >= 0.5);
    }

    private (double, bool) Net(double x, double y)
    {
        double weight = 0;
        foreach (Patch patch in _patches)
        {
            weight = Math.Max(weight, patch.Weight(x, y, 0.3 * (Cloud(x, y, 4) - 0.5)));
        }

        double field = PhantomNoise.Smooth(0.02, 0.45, weight);
        double net = (0.5 * PhantomNoise.Smooth(0.55, 1, Ridge(x, y, 18))) + (0.5 * PhantomNoise.Smooth(0.5, 1, Ridge(x + 7, y + 3, 33)));
        return (field * (0.06 + (0.24 * Cloud(x, y, 6)) + (0.26 * net)), field >= 0.5);
    }

    private (double, bool) GroundGlass(double x, double y, double depth)
    {
        double clear = 1;
        foreach (Patch patch in _patches)
        {
            clear *= 1 - PhantomNoise.Smooth(0.05, 0.55, patch.Weight(x, y, 1.1 * (Cloud(x, y, 5) - 0.5)));
        }

        // Strongest under the pleura.
        double opacity = (1 - clear) * (1 - (0.5 * PhantomNoise.Smooth(0.08, 0.30, depth)));
        return (opacity * (0.46 + (0.30 * (Cloud(x, y, 16) - 0.5))), opacity >= 0.5);
    }

    private double Cloud(double x, double y, double frequency) => PhantomNoise.Fractal(_seed, (x + 5) * frequency, (y + 5) * frequency, 4);

    // 1 on the lines where a noise crosses its mean: a net of curved lines.
    private double Ridge(double x, double y, double frequency) =>
        1 - Math.Abs((2 * PhantomNoise.Fractal(_seed + 77, (x + 9) * frequency, (y + 9) * frequency, 2)) - 1);

    private readonly record struct Patch(double X, double Y, double HalfWidth, double HalfHeight, double? FissureY = null)
    {
        /// <summary>1 at the centre, 0 at the border, which <paramref name="ragged"/> moves in and out.</summary>
        public double Weight(double x, double y, double ragged)
        {
            double dx = (x - X) / HalfWidth;
            double dy = (y - Y) / HalfHeight;
            return Math.Clamp(1 - Math.Sqrt((dx * dx) + (dy * dy)) + ragged, 0, 1);
        }
    }
}
