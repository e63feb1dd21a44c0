namespace CxrNet;

/// <summary>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same numbers on every machine and runtime.</summary>
internal sealed class PhantomRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        _state += Step;
        return ToUnit(Mix(_state));
    }

    /// <summary>Uniform between two bounds.</summary>
    public double Between(double low, double high) => low + ((high - low) * Next());

    /// <summary>A value that belongs to a lattice point, uniform in [0, 1).</summary>
    public static double At(ulong seed, int x, int y) =>
        ToUnit(Mix(seed + (Step * (((ulong)(uint)y << 32) | (uint)x))));

    /// <summary>A seed that belongs to another one and to some values, whatever their number: other values, another seed.</summary>
    public static ulong SeedOf(ulong seed, ReadOnlySpan<float> values)
    {
        ulong state = Mix(seed + (Step * (ulong)values.Length));
        foreach (float value in values)
        {
            state = Mix(state + Step + BitConverter.SingleToUInt32Bits(value));
        }

        return state;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
