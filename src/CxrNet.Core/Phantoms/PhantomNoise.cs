namespace CxrNet;

/// <summary>Noise and soft steps made of additions, multiplications and square roots alone, which IEEE 754 rounds the same way everywhere.</summary>
internal static class PhantomNoise
{
    /// <summary>0 up to <paramref name="from"/>, 1 from <paramref name="to"/> on, <c>3t² - 2t³</c> between.</summary>
    public static double Smooth(double from, double to, double value)
    {
        double t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>1 at the centre, 0 from a distance of 1 on: <c>(1 - d²)²</c>.</summary>
    public static double Bump(double distanceSquared)
    {
        double inside = Math.Max(0, 1 - distanceSquared);
        return inside * inside;
    }

    /// <summary>Value noise of one lattice cell per unit, 0 … 1, mean 0.5.</summary>
    public static double Value(ulong seed, double x, double y)
    {
        double left = Math.Floor(x);
        double top = Math.Floor(y);
        double fx = Smooth(0, 1, x - left);
        double fy = Smooth(0, 1, y - top);
        int column = (int)left;
        int row = (int)top;
        double above = Mix(PhantomRandom.At(seed, column, row), PhantomRandom.At(seed, column + 1, row), fx);
        double below = Mix(PhantomRandom.At(seed, column, row + 1), PhantomRandom.At(seed, column + 1, row + 1), fx);
        return Mix(above, below, fy);
    }

    /// <summary>Octaves of <see cref="Value"/>, each of twice the frequency and half the weight; 0 … 1, mean 0.5.</summary>
    public static double Fractal(ulong seed, double x, double y, int octaves)
    {
        double sum = 0;
        double weight = 0.5;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += weight * Value(seed + (ulong)octave, x, y);
            total += weight;
            weight *= 0.5;
            x *= 2;
            y *= 2;
        }

        return sum / total;
    }

    /// <summary>Near normal, mean 0, variance 1: the sum of four uniform numbers (Irwin-Hall), since logarithm and cosine are not the same on every machine.</summary>
    public static double Normal(ulong seed, int x, int y)
    {
        double sum = 0;
        for (ulong i = 0; i < 4; i++)
        {
            sum += PhantomRandom.At(seed + i, x, y);
        }

        return (sum - 2) * Sqrt3;
    }

    private const double Sqrt3 = 1.7320508075688772;

    private static double Mix(double a, double b, double t) => a + ((b - a) * t);
}
