using System.Buffers;
using System.Numerics;

namespace CxrNet;

/// <summary>A display function written out for every value of up to 16 bits. Pooled.</summary>
internal readonly struct DisplayTable : IDisposable
{
    private readonly float[] _grays;
    private readonly int _lowest;
    private readonly int _last;

    private DisplayTable(float[] grays, int lowest, int last)
    {
        _grays = grays;
        _lowest = lowest;
        _last = last;
    }

    public static DisplayTable Create(in DisplayFunction display)
    {
        int last = display.Highest - display.Lowest;
        float[] grays = ArrayPool<float>.Shared.Rent(last + 1);
        for (int i = 0; i <= last; i++)
        {
            grays[i] = (float)display[display.Lowest + i];
        }

        return new DisplayTable(grays, display.Lowest, last);
    }

    /// <summary><c>destination[i] = table[clamp(samples[i], lowest, highest)]</c></summary>
    public void Apply<T>(ReadOnlySpan<T> samples, Span<float> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<float> grays = _grays.AsSpan(0, _last + 1);
        destination = destination[..samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            // More bits than the header admits to are a damaged file: the value is clamped, it never wraps.
            destination[i] = grays[Math.Clamp(int.CreateTruncating(samples[i]) - _lowest, 0, grays.Length - 1)];
        }
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_grays);
}
