namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The coefficients, later the samples, of one tile-component: integers with the reversible wavelet, else floats.</summary>
internal sealed class ComponentPlane(Rectangle area, bool isReversible)
{
    private const uint MagnitudeMask = int.MaxValue;

    public int[]? Integers { get; } = isReversible ? new int[area.Width * area.Height] : null;

    public float[]? Floats { get; } = isReversible ? null : new float[area.Width * area.Height];

    /// <summary>Stores a decoded block in its place (ITU-T T.800 E.1).</summary>
    /// <param name="block">The block.</param>
    /// <param name="decoded">Sign and twice the magnitude of each sample.</param>
    /// <param name="roiShift">Bit-planes by which the region of interest stands over the rest.</param>
    public void Put(CodeBlock block, ReadOnlySpan<uint> decoded, int roiShift)
    {
        for (int y = 0; y < block.Height; y++)
        {
            ReadOnlySpan<uint> row = decoded.Slice(y * block.Width, block.Width);
            int start = (block.Y + y) * area.Width + block.X;
            if (Integers is not null)
            {
                PutIntegers(Integers.AsSpan(start, block.Width), row, roiShift);
            }
            else
            {
                PutFloats(Floats.AsSpan(start, block.Width), row, roiShift, block.Band.StepSize / 2);
            }
        }
    }

    /// <summary>Rounds, shifts and clamps the samples into the interleaved picture.</summary>
    public void Store(Span<int> samples, int width, int rowStride, int stride, int shift, int low, int high)
    {
        for (int y = 0; y < area.Height; y++)
        {
            Span<int> row = samples[(y * rowStride)..];
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                // Clamped as a float first: a damaged stream's values may not fit an integer.
                int value = Integers is not null ? Integers[at] : (int)MathF.Round(Math.Clamp(Floats![at], -1e6f, 1e6f));
                row[x * stride] = Math.Clamp(value + shift, low, high);
            }
        }
    }

    private static void PutIntegers(Span<int> target, ReadOnlySpan<uint> row, int roiShift)
    {
        for (int x = 0; x < target.Length; x++)
        {
            int sign = (int)row[x] >> 31;
            int magnitude = (int)(Lower(row[x] & MagnitudeMask, roiShift) >> 1);
            target[x] = (magnitude ^ sign) - sign;
        }
    }

    private static void PutFloats(Span<float> target, ReadOnlySpan<uint> row, int roiShift, float halfStep)
    {
        for (int x = 0; x < target.Length; x++)
        {
            float magnitude = Lower(row[x] & MagnitudeMask, roiShift) * halfStep;
            target[x] = (int)row[x] < 0 ? -magnitude : magnitude;
        }
    }

    // Only the region of interest reaches over the shift (H.1); the half bit lies below it.
    private static uint Lower(uint doubled, int roiShift) => roiShift is > 0 and < 31 && doubled >> 1 >> roiShift != 0 ? doubled >> roiShift : doubled;
}
