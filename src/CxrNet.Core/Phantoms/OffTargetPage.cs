namespace CxrNet;

/// <summary>Lines of words, words of strokes.</summary>
internal sealed class OffTargetPage : OffTargetScene
{
    private readonly double _lines;
    private readonly double _margin;

    public OffTargetPage(int seed)
        : base(seed) => (_lines, _margin) = (Math.Floor(Random.Between(18, 42)), Random.Between(0.05, 0.14));

    public override double At(double u, double v, int x, int y)
    {
        double paper = 0.93 + (0.02 * PhantomNoise.Value(Seed, 30 * u, 30 * v));
        int line = (int)(v * _lines);
        double within = (v * _lines) - line;

        // The last line of a paragraph is short; between paragraphs a line stays empty.
        double right = PhantomRandom.At(Seed, line, 1) < 0.2 ? Random0(line) : 1 - _margin;
        if (u < _margin || u > right || v < _margin || v > 1 - _margin || within is < 0.25 or > 0.75 || PhantomRandom.At(Seed, line, 2) < 0.1)
        {
            return paper;
        }

        double letter = (u - _margin) * _lines * 2;
        bool space = PhantomRandom.At(Seed + 7, (int)letter, line) < 0.18;
        bool stroke = PhantomRandom.At(Seed + 8, (int)(letter * 4), (line * 8) + (int)(within * 8)) < 0.5;
        return space || !stroke ? paper : 0.12;
    }

    private double Random0(int line) => _margin + ((1 - (2 * _margin)) * PhantomRandom.At(Seed, line, 3));
}
