namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>The inverse 8 x 8 DCT in 13-bit fixed point.</summary>
/// <remarks>
/// Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989, columns then rows, with the word lengths that the
/// Independent JPEG Group's accurate integer method chose. The choice matters: DICOM toolkits decode lossy frames with that method, and so does this, to the bit.
/// </remarks>
internal static class InverseDct
{
    private const int ConstantBits = 13;

    /// <summary>Transforms 64 dequantised coefficients (natural order, overwritten) to samples, shifted up to 0 and clamped.</summary>
    public static void Transform(Span<int> block, int precision, Span<ushort> target, int stride)
    {
        Transform(block, precision);
        int middle = 1 << (precision - 1);
        int most = (1 << precision) - 1;
        for (int row = 0; row < 8; row++)
        {
            ReadOnlySpan<int> line = block.Slice(row * 8, 8);
            Span<ushort> samples = target.Slice(row * stride, 8);
            for (int i = 0; i < 8; i++)
            {
                samples[i] = (ushort)Math.Clamp(line[i] + middle, 0, most);
            }
        }
    }

    /// <summary>The same in place, as the transform gives them: around 0 and not clamped.</summary>
    public static void Transform(Span<int> block, int precision)
    {
        // Extra bits kept between the passes: 12-bit samples leave room for one fewer.
        int extra = precision > 8 ? 1 : 2;
        for (int column = 0; column < 8; column++)
        {
            Pass(block[column..], 8, ConstantBits - extra);
        }

        for (int row = 0; row < 8; row++)
        {
            Pass(block.Slice(row * 8, 8), 1, ConstantBits + extra + 3);
        }
    }

    private static void Pass(Span<int> v, int step, int shift)
    {
        (int in0, int in1, int in2, int in3) = (v[0], v[step], v[2 * step], v[3 * step]);
        (int in4, int in5, int in6, int in7) = (v[4 * step], v[5 * step], v[6 * step], v[7 * step]);

        // Even part: constants are round(x * 2^13) of sqrt(2) times sums of cosines; 4433 stands for 0.541196100 and so on.
        int even = (in2 + in6) * 4433;
        int low = even - (in6 * 15137);
        int high = even + (in2 * 6270);
        int sum = (in0 + in4) << ConstantBits;
        int difference = (in0 - in4) << ConstantBits;
        int a0 = sum + high;
        int a3 = sum - high;
        int a1 = difference + low;
        int a2 = difference - low;

        int z = (in7 + in3 + in5 + in1) * 9633;
        int z1 = (in7 + in1) * -7373;
        int z2 = (in5 + in3) * -20995;
        int z3 = ((in7 + in3) * -16069) + z;
        int z4 = ((in5 + in1) * -3196) + z;
        int b0 = (in7 * 2446) + z1 + z3;
        int b1 = (in5 * 16819) + z2 + z4;
        int b2 = (in3 * 25172) + z2 + z3;
        int b3 = (in1 * 12299) + z1 + z4;

        int half = 1 << (shift - 1);
        v[0] = (a0 + b3 + half) >> shift;
        v[7 * step] = (a0 - b3 + half) >> shift;
        v[step] = (a1 + b2 + half) >> shift;
        v[6 * step] = (a1 - b2 + half) >> shift;
        v[2 * step] = (a2 + b1 + half) >> shift;
        v[5 * step] = (a2 - b1 + half) >> shift;
        v[3 * step] = (a3 + b0 + half) >> shift;
        v[4 * step] = (a3 - b0 + half) >> shift;
    }
}
