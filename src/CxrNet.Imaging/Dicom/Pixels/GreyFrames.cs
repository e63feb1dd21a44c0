using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom;

/// <summary>Grey frames as <see cref="DecodedImage"/> knows them: 8 bits unsigned, 16 bits unsigned or signed.</summary>
internal static class GreyFrames
{
    /// <summary>Wraps a frame; samples of 32 bits go through the modality LUT where there is one, or are reduced to 16, with a warning, and the rescale is adapted: modality values stay.</summary>
    public static DecodedImage ToImage(StoredFrame frame, DisplayTransform display, List<string> warnings, Func<RadiographInfo> info)
    {
        FrameFormat format = frame.Format;
        PhotometricMeaning meaning = format.PhotometricInterpretation == "MONOCHROME1" ? PhotometricMeaning.Monochrome1 : PhotometricMeaning.Monochrome2;
        (byte[] samples, SampleFormat sampleFormat, int bits) = (format.BytesPerSample, format.IsSigned) switch
        {
            (1, false) => (frame.Samples, SampleFormat.UInt8, format.BitsStored),
            (1, true) => (Widen(frame.Samples), SampleFormat.Int16, format.BitsStored),
            (2, false) => (frame.Samples, SampleFormat.UInt16, format.BitsStored),
            (2, true) => (frame.Samples, SampleFormat.Int16, SignedBits(frame, warnings)),
            _ => (Reduce(frame, ref display, warnings), SampleFormat.UInt16, 16),
        };
        return new DecodedImage(format.Width, format.Height, sampleFormat, meaning, samples, bits) { Display = display, Info = info() };
    }

    /// <summary>Least and greatest value of a frame: stored, or behind the modality LUT where there is one.</summary>
    public static (double Min, double Max) Range(StoredFrame frame, LookupTable? modalityLut)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        bool wideUnsigned = frame.Format.BytesPerSample == 4 && !frame.Format.IsSigned;
        foreach (int value in frame.ToInt32())
        {
            double stored = wideUnsigned ? (uint)value : value;
            double output = modalityLut is { } lut ? DisplayFunction.Entry(lut, stored) : stored;
            (min, max) = (Math.Min(min, output), Math.Max(max, output));
        }

        return (min, max);
    }

    private static int SignedBits(StoredFrame frame, List<string> warnings)
    {
        ReadOnlySpan<short> values = MemoryMarshal.Cast<byte, short>(frame.Samples.AsSpan());
        int most = (1 << (frame.Format.BitsStored - 1)) - 1;
        if (TensorPrimitives.Max(values) <= most && TensorPrimitives.Min(values) >= -most - 1)
        {
            return frame.Format.BitsStored;
        }

        warnings.Add($"Samples go beyond the {frame.Format.BitsStored} bits stored (0028,0101); 16 are assumed.");
        return 16;
    }

    private static byte[] Widen(byte[] samples)
    {
        byte[] wide = new byte[samples.Length * 2];
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(samples.AsSpan()), MemoryMarshal.Cast<byte, short>(wide.AsSpan()));
        return wide;
    }

    private static byte[] Reduce(StoredFrame frame, ref DisplayTransform display, List<string> warnings)
    {
        int[] bits = frame.ToInt32();
        double[] values = new double[bits.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            values[i] = frame.Format.IsSigned ? bits[i] : (uint)bits[i];
        }

        // The table knows stored values and none that were coded anew; what it gives has 16 bits already.
        if (display.ModalityLut is { } lut)
        {
            display = display with { ModalityLut = null, RescaleSlope = 1, RescaleIntercept = 0 };
            return MemoryMarshal.AsBytes(Array.ConvertAll(values, value => DisplayFunction.Entry(lut, value)).AsSpan()).ToArray();
        }

        double min = TensorPrimitives.Min<double>(values);
        double step = Math.Max((TensorPrimitives.Max<double>(values) - min) / ushort.MaxValue, 1e-300);
        byte[] samples = new byte[values.Length * 2];
        Span<ushort> target = MemoryMarshal.Cast<byte, ushort>(samples.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = (ushort)Math.Min(ushort.MaxValue, ((values[i] - min) / step) + 0.5);
        }

        warnings.Add($"{frame.Format.BitsStored} bits per sample are reduced to 16.");
        display = display with { RescaleSlope = display.RescaleSlope * step, RescaleIntercept = (display.RescaleSlope * min) + display.RescaleIntercept };
        return samples;
    }
}
