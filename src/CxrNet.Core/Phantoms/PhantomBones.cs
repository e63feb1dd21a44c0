namespace CxrNet;

/// <summary>Attenuation of ribs, clavicles, scapulae and spine.</summary>
internal sealed class PhantomBones(PhantomBuild build, PhantomLungs lungs)
{
    private const int RibCount = 10;

    public double At(double x, double y) =>
        (0.115 * Posterior(x, y)) + (0.065 * Anterior(x, y)) + (0.13 * Clavicle(x, y)) + (0.06 * Scapula(x, y)) + (0.055 * Spine(x, y));

    // From the spine a posterior rib rises a little, then falls to the chest wall.
    private double Posterior(double x, double y)
    {
        double side = Math.Abs(x);
        double strongest = 0;
        for (int rib = 0; rib < RibCount; rib++)
        {
            double start = build.ApexY + 0.10 + (rib * build.RibPitch);
            double wall = Wall(start + build.RibDrop);
            double along = (side - 0.06) / wall;
            if (along is < 0 or > 1.0)
            {
                continue;
            }

            // The upper ribs are short and steep.
            double drop = build.RibDrop * (1 + (0.25 * Math.Max(0, 2 - rib)));
            double axis = start - (0.10 * along * (1 - along)) + (drop * along * along);
            double slope = ((-0.10 * (1 - (2 * along))) + (2 * drop * along)) / wall;
            strongest = Math.Max(strongest, Tube(y - axis, slope, build.RibHalfHeight) * PhantomNoise.Smooth(0, 0.06, along) * (1 - PhantomNoise.Smooth(0.90, 1.0, along)));
        }

        return strongest;
    }

    // An anterior rib goes on from the chest wall downwards to the middle and ends where cartilage, which X-rays pass, begins.
    private double Anterior(double x, double y)
    {
        double side = Math.Abs(x);
        double strongest = 0;
        for (int rib = 0; rib < RibCount - 3; rib++)
        {
            double end = build.ApexY + 0.10 + (rib * build.RibPitch) + build.RibDrop;
            double wall = Wall(end);
            double along = 1 - ((side - 0.06) / wall);
            if (along is < 0 or > 0.72)
            {
                continue;
            }

            double axis = end + (0.42 * along) - (0.22 * along * along);
            double slope = (0.42 - (0.44 * along)) / wall;
            double fade = PhantomNoise.Smooth(0, 0.08, along) * (1 - PhantomNoise.Smooth(0.45, 0.72, along));
            strongest = Math.Max(strongest, fade * Tube(y - axis, slope, build.RibHalfHeight * 1.15));
        }

        return strongest;
    }

    private static double Clavicle(double x, double y)
    {
        double side = Math.Abs(x);
        double along = (side - 0.075) / 0.72;
        if (along is < 0 or > 1.25)
        {
            return 0;
        }

        // The S of a clavicle: one bow forward near the sternum, one back near the shoulder.
        double axis = -0.57 - (0.13 * along) - (0.16 * along * (1 - along) * (0.35 - along));
        double head = 1 + (0.5 * PhantomNoise.Bump(along * along * 60));
        return Tube(y - axis, 0.2, 0.030 * head) * PhantomNoise.Smooth(0, 0.03, along);
    }

    // The medial border and the blade's edge, seen through the upper outer lung.
    private static double Scapula(double x, double y)
    {
        double side = Math.Abs(x);
        double border = 0.66 + (0.10 * y * y) + (0.10 * (y + 0.1));
        double blade = PhantomNoise.Smooth(-0.01, 0.01, side - border) * (1 - PhantomNoise.Smooth(0.02, 0.22, side - border));
        return blade * PhantomNoise.Smooth(-0.62, -0.50, y) * (1 - PhantomNoise.Smooth(-0.05, 0.08, y + (side - border)));
    }

    private double Spine(double x, double y)
    {
        double column = 1 - PhantomNoise.Smooth(0.055, 0.090, Math.Abs(x));
        if (column == 0)
        {
            return 0;
        }

        double vertebra = ((y - build.ApexY) / build.RibPitch) + 100.5;
        double within = Math.Abs(vertebra - Math.Floor(vertebra) - 0.5) * 2;
        double body = 1 - (0.45 * PhantomNoise.Smooth(0.72, 0.95, within));
        double dy = (within - 0.3) / 0.5;
        double process = 0.35 * PhantomNoise.Bump((x * x / (0.016 * 0.016)) + (dy * dy));
        double pedicles = 0.30 * PhantomNoise.Bump(((Math.Abs(x) - 0.045) * (Math.Abs(x) - 0.045) / (0.014 * 0.014)) + (within * within * 4));
        return column * (body + process + pedicles);
    }

    private double Wall(double y) => Math.Max(0.30, lungs.Lateral(Math.Max(y, build.ApexY + 0.06)) - 0.03);

    // A hollow tube lying across: rays along its cortical rim pass more bone than those through its middle.
    private static double Tube(double offset, double slope, double halfHeight)
    {
        double distance = Math.Abs(offset) / (halfHeight * Math.Sqrt(1 + (slope * slope)));
        return (1 - PhantomNoise.Smooth(0.70, 1.20, distance)) * (0.62 + (0.38 * PhantomNoise.Smooth(0.35, 0.85, distance)));
    }
}
