namespace CxrNet;

/// <summary>Adds up what a ray passes through at each pixel and turns it into a grey level.</summary>
internal sealed class PhantomRenderer
{
    private readonly PhantomOptions _options;
    private readonly PhantomCanvas _canvas;
    private readonly PhantomBuild _build;
    private readonly PhantomLungs _lungs;
    private readonly PhantomBones _bones;
    private readonly PhantomLesions _lesions;
    private readonly float[] _vessels;
    private readonly ulong _noiseSeed;

    public PhantomRenderer(PhantomOptions options, PhantomCanvas canvas)
    {
        _options = options;
        _canvas = canvas;
        // Streams of their own: the same seed is the same patient in each class, and lesions differ without moving a rib.
        ulong seed = (ulong)(uint)options.Seed << 8;
        _build = new PhantomBuild(new PhantomRandom(seed));
        _lungs = new PhantomLungs(_build);
        _bones = new PhantomBones(_build, _lungs);
        _vessels = new PhantomVessels(new PhantomRandom(seed + 1), canvas).Draw();
        _lesions = new PhantomLesions(options.Class, _build, _lungs, new PhantomRandom(seed + 2));
        _noiseSeed = seed + 3;
    }

    public void DrawRow(int row, Span<float> pixels, Span<bool> lungs, Span<bool> lesion)
    {
        for (int column = 0; column < pixels.Length; column++)
        {
            (double x, double y) = _canvas.PointOf(column, row);
            double tilted = x - (_build.Tilt * y);
            double depth = _lungs.Depth(tilted, y);
            (double opacity, lesion[column]) = _lesions.At(tilted, y, depth);
            lungs[column] = depth > 0;
            double vessels = _vessels[(row * _canvas.Width) + column];
            double grey = Tone(Attenuation(tilted, y, depth, opacity, vessels));
            // Fewer photons reach the detector behind dense tissue, so it is noisier there.
            double noise = _options.Noise * (0.6 + (0.8 * grey)) * PhantomNoise.Normal(_noiseSeed + 100, column, row);
            pixels[column] = (float)Math.Clamp(grey + noise, 0, 1);
        }
    }

    private double Attenuation(double x, double y, double depth, double opacity, double vessels)
    {
        double body = Body(x, y);
        if (body <= 0)
        {
            return 0;
        }

        // A lung is as thick as a pillow: steep at the rim, flat in the middle.
        double rim = 1 - Math.Clamp(depth / 0.26, 0, 1);
        double air = PhantomNoise.Smooth(-0.012, 0.014, depth) * (0.45 + (0.55 * Math.Sqrt(1 - (rim * rim))));
        // Behind heart and diaphragm there is some lung too.
        air = Math.Max(air, Hidden(x, y, depth));
        double parenchyma = 0.10 * (PhantomNoise.Fractal(_noiseSeed, (x + 3) * 26, (y + 3) * 26, 3) - 0.5);
        double tissue = 0.06 * (PhantomNoise.Fractal(_noiseSeed + 50, (x + 3) * 4, (y + 3) * 4, 4) - 0.5);
        double attenuation = body + tissue + Hila(x, y) - Trachea(x, y) - Stomach(x, y) - (0.56 * air * (1 - opacity));
        // A vessel is brighter than the air around it; in a consolidated lobe the airway beside it stays dark, an air bronchogram.
        attenuation += air * (parenchyma + (0.17 * vessels * (1 - (1.6 * opacity))));
        return attenuation + (_bones.At(x, y) * Math.Min(1, body * 1.6));
    }

    private double Hidden(double x, double y, double depth) =>
        0.18 * PhantomNoise.Smooth(-0.25, 0.02, depth) * PhantomNoise.Smooth(-0.25, 0.05, y)
        * PhantomNoise.Smooth(0, 0.05, _lungs.Lateral(y) - Math.Abs(x)) * (1 - PhantomNoise.Smooth(0, 0.20, y - _lungs.Diaphragm(x)));

    // Soft tissue: an elliptic cylinder; neck and shoulders above, arms beside.
    private double Body(double x, double y)
    {
        double side = Math.Abs(x) / _build.BodyScale;
        double shoulders = PhantomNoise.Smooth(-0.99, -0.66, y);
        double trunk = 0.86 - (0.03 * PhantomNoise.Smooth(-0.2, 0.3, y)) + (0.05 * PhantomNoise.Smooth(0.4, 1.0, y));
        double outline = 0.24 + ((trunk - 0.24 + (0.40 * (1 - PhantomNoise.Smooth(-0.62, -0.22, y)))) * shoulders);
        double across = side / outline;
        double chord = Math.Sqrt(Math.Max(0, 1 - (across * across)));
        double trunkTissue = across < 1 ? (0.30 * PhantomNoise.Smooth(0, 0.25, chord)) + (0.62 * chord) + (0.10 * PhantomNoise.Smooth(0.35, 0.6, y)) : 0;
        double arm = (side - 1.02) / 0.13;
        double armTissue = 0.62 * Math.Sqrt(Math.Max(0, 1 - (arm * arm))) * PhantomNoise.Smooth(-0.6, -0.2, y);
        return Math.Max(trunkTissue, armTissue);
    }

    // Where the great vessels enter the lungs.
    private static double Hila(double x, double y)
    {
        double dx = (Math.Abs(x) - 0.19) / 0.11;
        double dy = (y + (x < 0 ? 0.04 : 0.09)) / 0.17;
        return 0.13 * PhantomNoise.Bump((dx * dx) + (dy * dy));
    }

    private static double Trachea(double x, double y)
    {
        double main = PhantomNoise.Bump((x + 0.008) * (x + 0.008) / (0.050 * 0.050)) * (1 - PhantomNoise.Smooth(-0.28, -0.20, y));
        double below = y + 0.25;
        double axis = 0.02 + (0.75 * below);
        double bronchi = PhantomNoise.Bump((Math.Abs(x) - axis) * (Math.Abs(x) - axis) / (0.040 * 0.040)) * PhantomNoise.Smooth(-0.01, 0.03, below) * (1 - PhantomNoise.Smooth(0.12, 0.2, below));
        return 0.17 * Math.Max(main, 0.7 * bronchi);
    }

    private double Stomach(double x, double y)
    {
        double dx = (x - 0.36) / 0.15;
        double dy = (y - _build.LeftDomeY - 0.13) / 0.075;
        return 0.20 * PhantomNoise.Smooth(0, 0.5, 1 - ((dx * dx) + (dy * dy)));
    }

    // Film-like: dark and light ends are compressed.
    private double Tone(double attenuation)
    {
        double t = Math.Clamp(((attenuation * _build.Exposure) - 0.06) / 1.16, 0, 1);
        return (0.55 * t) + (0.45 * t * t * (3 - (2 * t)));
    }
}
