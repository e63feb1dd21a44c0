namespace CxrNet;

/// <summary>Five rays of bones with soft tissue around them, the wrist below.</summary>
internal sealed class OffTargetHand : OffTargetScene
{
    private readonly double[] _tipU = new double[5];
    private readonly double[] _tipV = new double[5];
    private readonly double _lean;
    private readonly bool _mirrored;

    public OffTargetHand(int seed)
        : base(seed)
    {
        _lean = Random.Between(-0.06, 0.06);
        _mirrored = Random.Next() < 0.5;
        double[] tips = [0.5, 0.2, 0.1, 0.14, 0.26];
        for (int finger = 0; finger < 5; finger++)
        {
            _tipU[finger] = 0.16 + (0.17 * finger) + Random.Between(-0.02, 0.02);
            _tipV[finger] = tips[finger] + Random.Between(-0.03, 0.03);
        }
    }

    public override double At(double u, double v, int x, int y)
    {
        double a = (_mirrored ? 1 - u : u) + (_lean * (v - 0.5));
        double scene = 0.04;
        scene = Over(scene, 0.3, Ellipse(a, v, 0.52, 0.68, 0.24, 0.2));
        scene = Over(scene, 0.3, Stroke(a, v, 0.52, 0.7, 0.52, 1.1, 0.14));
        for (int finger = 0; finger < 5; finger++)
        {
            double rootU = 0.4 + (0.06 * finger), rootV = 0.76;
            scene = Over(scene, Math.Max(scene, 0.26), Stroke(a, v, rootU, rootV, _tipU[finger], _tipV[finger], 0.052));
            for (int bone = 0; bone < 4; bone++)
            {
                // Bones with gaps between them, shorter towards the tip.
                double from = bone switch { 0 => 0.08, 1 => 0.46, 2 => 0.71, _ => 0.88 };
                double to = bone switch { 0 => 0.43, 1 => 0.68, 2 => 0.85, _ => 0.99 };
                double du = _tipU[finger] - rootU, dv = _tipV[finger] - rootV;
                scene = Over(scene, 0.8, Stroke(a, v, rootU + (from * du), rootV + (from * dv), rootU + (to * du), rootV + (to * dv), 0.02 - (0.002 * bone)));
            }
        }

        scene = Over(scene, 0.75, Stroke(a, v, 0.46, 0.86, 0.45, 1.1, 0.035));
        scene = Over(scene, 0.72, Stroke(a, v, 0.58, 0.87, 0.6, 1.1, 0.028));
        for (int carpal = 0; carpal < 6; carpal++)
        {
            scene = Over(scene, 0.74, Ellipse(a, v, 0.44 + (0.055 * (carpal % 3)), 0.79 + (0.04 * (carpal / 3)), 0.024, 0.018));
        }

        return scene + (0.012 * PhantomNoise.Normal(Seed + 9, x, y));
    }
}
