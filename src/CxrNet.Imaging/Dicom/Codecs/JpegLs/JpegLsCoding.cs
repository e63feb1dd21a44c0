using System.Numerics;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>What a scan's precision, NEAR and preset parameters come to (ITU-T T.87 A.2.1 and C.2.4.1.1.1).</summary>
internal sealed class JpegLsCoding
{
    private const int DefaultReset = 64;

    public JpegLsCoding(int precision, int near, JpegLsPreset preset)
    {
        MaxValue = preset.MaxValue == 0 ? (1 << precision) - 1 : preset.MaxValue;
        Near = near;
        if (MaxValue >> precision != 0 || near > Math.Min(255, MaxValue / 2))
        {
            throw JpegLsDecoder.Error($"MAXVAL {MaxValue} and NEAR {near} found, at most {(1 << precision) - 1} and {Math.Min(255, MaxValue / 2)} expected.");
        }

        (int first, int second, int third) = Thresholds(MaxValue, near, preset);
        Reset = preset.Reset == 0 ? DefaultReset : preset.Reset;
        if (first <= near || second < first || third < second || MaxValue < third || Reset < 3)
        {
            throw JpegLsDecoder.Error($"thresholds {first}, {second}, {third} with NEAR {near}, MAXVAL {MaxValue} and RESET {Reset} found, rising values expected.");
        }

        Step = 2 * near + 1;
        Range = (MaxValue + 2 * near) / Step + 1;
        RangeBits = BitOperations.Log2((uint)Range - 1) + 1;
        int bits = Math.Max(2, BitOperations.Log2((uint)MaxValue) + 1);
        Limit = 2 * (bits + Math.Max(8, bits));
        Gradients = QuantizeGradients(first, second, third);
    }

    public int MaxValue { get; }

    public int Near { get; }

    /// <summary>Quantisation step of the prediction error, 2 NEAR + 1.</summary>
    public int Step { get; }

    /// <summary>Number of error values.</summary>
    public int Range { get; }

    /// <summary>Bits of an error that is coded as it is (qbpp).</summary>
    public int RangeBits { get; }

    /// <summary>Most bits that one Golomb code may have.</summary>
    public int Limit { get; }

    /// <summary>The count at which a context's sums are halved.</summary>
    public int Reset { get; }

    /// <summary>Quantised gradients, -4 … 4; the entry of gradient d is at <c>d + MaxValue</c>.</summary>
    public sbyte[] Gradients { get; }

    private static (int First, int Second, int Third) Thresholds(int maxValue, int near, JpegLsPreset preset)
    {
        int first, second, third;
        if (maxValue >= 128)
        {
            int factor = (Math.Min(maxValue, 4095) + 128) >> 8;
            first = factor * (3 - 2) + 2 + 3 * near;
            second = factor * (7 - 3) + 3 + 5 * near;
            third = factor * (21 - 4) + 4 + 7 * near;
        }
        else
        {
            int factor = 256 / (maxValue + 1);
            first = Math.Max(2, 3 / factor + 3 * near);
            second = Math.Max(3, 7 / factor + 5 * near);
            third = Math.Max(4, 21 / factor + 7 * near);
        }

        first = preset.Threshold1 != 0 ? preset.Threshold1 : Within(first, near + 1);
        second = preset.Threshold2 != 0 ? preset.Threshold2 : Within(second, first);
        third = preset.Threshold3 != 0 ? preset.Threshold3 : Within(third, second);
        return (first, second, third);

        int Within(int value, int least) => value > maxValue || value < least ? least : value;
    }

    private sbyte[] QuantizeGradients(int first, int second, int third)
    {
        sbyte[] table = new sbyte[2 * MaxValue + 1];
        Span<sbyte> positive = table.AsSpan(MaxValue);
        positive[(Near + 1)..].Fill(1);
        positive[first..].Fill(2);
        positive[second..].Fill(3);
        positive[third..].Fill(4);
        for (int d = 1; d <= MaxValue; d++)
        {
            table[MaxValue - d] = (sbyte)-positive[d];
        }

        return table;
    }
}
