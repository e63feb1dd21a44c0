using System.Numerics;

namespace CxrNet;

/// <summary>The pixels of <see cref="Overlay"/>, a block at a time: opacity and colour step by vectors, the colours from their table, the mixture by vectors again.</summary>
internal static class OverlayBlend
{
    // Five blocks of it stay in the first-level cache.
    private const int BlockLength = 512;

    /// <summary>Computes <c>rgb = (1 - a) * 255 * gray + a * color(v)</c>, rounded, with <c>v = value / peak</c> and <c>a = opacity * |v|</c>; allocates nothing.</summary>
    /// <param name="pixels">Grey levels 0 … 1, cut there.</param>
    /// <param name="values">As many values of the map.</param>
    /// <param name="peak">The value of the strongest colour.</param>
    /// <param name="signed">Whether the colours run from -peak instead of from 0.</param>
    /// <param name="colors">256 colours.</param>
    /// <param name="opacity">Of the strongest colour, 0 … 1.</param>
    /// <param name="rgb">Receives three bytes per pixel.</param>
    public static void Apply(ReadOnlySpan<float> pixels, ReadOnlySpan<float> values, float peak, bool signed, ReadOnlySpan<byte> colors, float opacity, Span<byte> rgb)
    {
        Span<int> table = stackalloc int[256], packed = stackalloc int[BlockLength];
        Span<float> gray = stackalloc float[BlockLength], share = stackalloc float[BlockLength], padded = stackalloc float[BlockLength];
        RgbPacking.Pack(colors, table);

        // Steps 0 … 255 of the colours stand for values from least to 1.
        float least = signed ? -1 : 0, steps = 255 / (1 - least);
        for (int start = 0; start < pixels.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, pixels.Length - start);
            Scale(Whole(pixels.Slice(start, length), padded), gray);
            Weigh(Whole(values.Slice(start, length), padded), peak, least, steps, opacity, gray, share, packed);
            for (int i = 0; i < length; i++)
            {
                packed[i] = table[packed[i]];
            }

            Mix(gray, share, packed);
            RgbPacking.Unpack(packed[..length], rgb.Slice(3 * start, 3 * length));
        }
    }

    // The last block is filled up, so that there is no scalar tail.
    private static ReadOnlySpan<float> Whole(ReadOnlySpan<float> block, Span<float> padded)
    {
        if (block.Length == BlockLength)
        {
            return block;
        }

        padded.Clear();
        block.CopyTo(padded);
        return padded;
    }

    private static void Scale(ReadOnlySpan<float> pixels, Span<float> gray)
    {
        for (int i = 0; i < BlockLength; i += Vector<float>.Count)
        {
            (Vector.Min(Vector.Max(new Vector<float>(pixels[i..]), Vector<float>.Zero), Vector<float>.One) * 255).CopyTo(gray[i..]);
        }
    }

    private static void Weigh(ReadOnlySpan<float> values, float peak, float least, float steps, float opacity, Span<float> gray, Span<float> share, Span<int> step)
    {
        Vector<float> lowest = new(least), half = new(0.5f), top = new(peak);
        for (int i = 0; i < BlockLength; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.Min(Vector.Max(new Vector<float>(values[i..]) / top, lowest), Vector<float>.One);
            Vector<float> weight = Vector.Abs(value) * opacity;
            weight.CopyTo(share[i..]);
            ((new Vector<float>(gray[i..]) * (Vector<float>.One - weight)) + half).CopyTo(gray[i..]);
            Vector.ConvertToInt32(((value - lowest) * steps) + half).CopyTo(step[i..]);
        }
    }

    private static void Mix(ReadOnlySpan<float> gray, ReadOnlySpan<float> share, Span<int> packed)
    {
        Vector<int> low = new(255);
        for (int i = 0; i < BlockLength; i += Vector<float>.Count)
        {
            Vector<float> g = new(gray[i..]), a = new(share[i..]);
            Vector<int> color = new(packed[i..]);
            Vector<int> red = Vector.ConvertToInt32(g + (a * Vector.ConvertToSingle(color & low)));
            Vector<int> green = Vector.ConvertToInt32(g + (a * Vector.ConvertToSingle((color >> 8) & low)));
            Vector<int> blue = Vector.ConvertToInt32(g + (a * Vector.ConvertToSingle(color >> 16)));
            (red | (green << 8) | (blue << 16)).CopyTo(packed[i..]);
        }
    }
}
