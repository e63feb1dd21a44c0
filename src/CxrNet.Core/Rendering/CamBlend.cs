using System.Numerics;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The pixels of <see cref="CamOverlay"/>, a block at a time: colours from tables, the rest by vectors.</summary>
internal static class CamBlend
{
    private const int BlockLength = 512;

    /// <summary>The greatest channel of all pixels before the picture is stretched.</summary>
    /// <param name="pixels">Grey levels.</param>
    /// <param name="values">As many map values, cut to 0 … 1.</param>
    /// <param name="hottest">The greatest channel of each of 256 colours.</param>
    /// <param name="weight">What grey levels are multiplied with.</param>
    public static float Brightest(ReadOnlySpan<float> pixels, ReadOnlySpan<float> values, ReadOnlySpan<float> hottest, float weight)
    {
        Span<int> step = stackalloc int[BlockLength];
        Span<float> sum = stackalloc float[BlockLength], gray = stackalloc float[BlockLength];
        float brightest = float.Epsilon;
        for (int start = 0; start < values.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, values.Length - start);
            Steps(values.Slice(start, length), step);
            for (int i = 0; i < length; i++)
            {
                sum[i] = hottest[step[i]];
            }

            TensorPrimitives.Multiply(pixels.Slice(start, length), weight, gray);
            TensorPrimitives.Add(sum[..length], gray[..length], sum);
            brightest = Math.Max(brightest, TensorPrimitives.Max<float>(sum[..length]));
        }

        return brightest;
    }

    /// <summary>Computes <c>rgb = 255 * (heat + weight * gray) / brightest</c>, cut down to whole numbers.</summary>
    /// <param name="pixels">Grey levels.</param>
    /// <param name="values">As many map values, cut to 0 … 1.</param>
    /// <param name="heat">256 reds, then greens, then blues.</param>
    /// <param name="weight">What grey levels are multiplied with.</param>
    /// <param name="brightest">What <see cref="Brightest"/> gave.</param>
    /// <param name="rgb">Receives three bytes per pixel.</param>
    public static void Apply(ReadOnlySpan<float> pixels, ReadOnlySpan<float> values, ReadOnlySpan<float> heat, float weight, float brightest, Span<byte> rgb)
    {
        Span<int> step = stackalloc int[BlockLength], packed = stackalloc int[BlockLength];
        Span<float> gray = stackalloc float[BlockLength], channel = stackalloc float[BlockLength];
        gray.Clear();
        for (int start = 0; start < values.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, values.Length - start);
            Steps(values.Slice(start, length), step);
            TensorPrimitives.Multiply(pixels.Slice(start, length), weight, gray);
            packed.Clear();
            for (int c = 0; c < 3; c++)
            {
                ReadOnlySpan<float> table = heat.Slice(256 * c, 256);
                for (int i = 0; i < BlockLength; i++)
                {
                    channel[i] = table[step[i]];
                }

                Add(channel, gray, brightest, 8 * c, packed);
            }

            RgbPacking.Unpack(packed[..length], rgb.Slice(3 * start, 3 * length));
        }
    }

    // What the last block lacks keeps the steps of the one before: valid, and never written.
    private static void Steps(ReadOnlySpan<float> values, Span<int> step)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.ConvertToInt32(Vector.Min(Vector.Max(new Vector<float>(values[i..]), Vector<float>.Zero), Vector<float>.One) * 255).CopyTo(step[i..]);
        }

        for (; i < values.Length; i++)
        {
            step[i] = (int)(255 * Math.Clamp(values[i], 0, 1));
        }
    }

    private static void Add(ReadOnlySpan<float> channel, ReadOnlySpan<float> gray, float brightest, int shift, Span<int> packed)
    {
        Vector<float> top = new(brightest);
        for (int i = 0; i < BlockLength; i += Vector<float>.Count)
        {
            Vector<int> value = Vector.ConvertToInt32((new Vector<float>(channel[i..]) + new Vector<float>(gray[i..])) / top * 255);
            (new Vector<int>(packed[i..]) | (value << shift)).CopyTo(packed[i..]);
        }
    }
}
