using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom;

/// <summary>One decoded frame: samples interleaved in the machine's byte order, masked to the bits stored, sign extended.</summary>
internal sealed record StoredFrame(FrameFormat Format, byte[] Samples, FrameColor Color)
{
    /// <summary>Masks away what stands beside the stored bits (overlays of old files, garbage) and extends the sign.</summary>
    public static void Clean(Span<byte> samples, FrameFormat format, int shift)
    {
        int unused = (format.BytesPerSample * 8) - format.BitsStored;
        if (unused == 0 || format.BitsAllocated == 1)
        {
            return;
        }

        if (format.IsSigned && shift == 0 && UsesWholeContainer(samples, format))
        {
            return;
        }

        // Left, so that the highest stored bit becomes the sign, then back: arithmetically for signed samples, logically for the others.
        int left = unused - shift;
        switch (format.BytesPerSample, format.IsSigned)
        {
            case (1, true):
                Shift(MemoryMarshal.Cast<byte, sbyte>(samples), left, unused);
                break;
            case (1, false):
                Shift(samples, left, unused);
                break;
            case (2, true):
                Shift(MemoryMarshal.Cast<byte, short>(samples), left, unused);
                break;
            case (2, false):
                Shift(MemoryMarshal.Cast<byte, ushort>(samples), left, unused);
                break;
            case (_, true):
                Shift(MemoryMarshal.Cast<byte, int>(samples), left, unused);
                break;
            default:
                Shift(MemoryMarshal.Cast<byte, uint>(samples), left, unused);
                break;
        }
    }

    /// <summary>Whether signed samples of 16 bits are written as whole two-byte numbers: above the stored bits stands nothing but sign, and at least once a negative one.</summary>
    /// <remarks>A value beyond the stored bits is then a value (a film's 4095 in "12 bits signed"), not a sign to be extended.</remarks>
    private static bool UsesWholeContainer(ReadOnlySpan<byte> samples, FrameFormat format)
    {
        bool negative = false;
        foreach (short value in format.BytesPerSample == 2 ? MemoryMarshal.Cast<byte, short>(samples) : [])
        {
            int above = value >> format.BitsStored;
            if (above is not (0 or -1))
            {
                return false;
            }

            negative |= above == -1;
        }

        return negative;
    }

    /// <summary>The samples widened to 32 bits; an unsigned one of 32 bits keeps its bit pattern.</summary>
    public int[] ToInt32()
    {
        int[] values = new int[Samples.Length / Format.BytesPerSample];
        switch (Format.BytesPerSample, Format.IsSigned)
        {
            case (1, true):
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(Samples.AsSpan()), values);
                break;
            case (1, false):
                TensorPrimitives.ConvertTruncating<byte, int>(Samples, values);
                break;
            case (2, true):
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, short>(Samples.AsSpan()), values);
                break;
            case (2, false):
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, ushort>(Samples.AsSpan()), values);
                break;
            default:
                MemoryMarshal.Cast<byte, int>(Samples.AsSpan()).CopyTo(values);
                break;
        }

        return values;
    }

    private static void Shift<T>(Span<T> values, int left, int right)
        where T : System.Numerics.IBinaryInteger<T>
    {
        TensorPrimitives.ShiftLeft<T>(values, left, values);
        TensorPrimitives.ShiftRightArithmetic<T>(values, right, values);
    }
}
