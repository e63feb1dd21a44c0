namespace CxrNet;

/// <summary>Noise, bars and ramps.</summary>
internal sealed class OffTargetPattern : OffTargetScene
{
    private readonly OffTargetKind _kind;
    private readonly double _scale;
    private readonly double _contrast;
    private readonly double _slopeU;
    private readonly double _slopeV;

    public OffTargetPattern(OffTargetKind kind, int seed)
        : base(seed)
    {
        _kind = kind;
        _scale = Random.Between(4, 24);
        _contrast = Random.Between(0.08, 0.35);
        _slopeU = Random.Between(-1, 1);
        _slopeV = Random.Between(-1, 1);
    }

    public override double At(double u, double v, int x, int y) => _kind switch
    {
        OffTargetKind.WhiteNoise => 0.5 + (_contrast * PhantomNoise.Normal(Seed, x, y)),
        OffTargetKind.SaltAndPepper => PhantomRandom.At(Seed, x, y) < _contrast + 0.2 ? 1 : 0,
        OffTargetKind.BlockNoise => PhantomRandom.At(Seed, (int)(u * _scale), (int)(v * _scale)),
        OffTargetKind.Clouds => 0.5 + (2 * (PhantomNoise.Fractal(Seed, u * _scale / 3, v * _scale / 3, 5) - 0.5)),
        OffTargetKind.Stripes => PhantomRandom.At(Seed, (int)Math.Floor(((u * _slopeU) + (v * _slopeV)) * 2 * _scale), 0),
        _ => 0.5 + (0.5 * (((u - 0.5) * _slopeU) + ((v - 0.5) * _slopeV)) / (0.5 * (Math.Abs(_slopeU) + Math.Abs(_slopeV)))),
    };
}
