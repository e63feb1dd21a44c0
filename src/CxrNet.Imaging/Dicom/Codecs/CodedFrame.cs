using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>Brings what a codestream holds into the layout of an uncompressed DICOM frame.</summary>
internal static class CodedFrame
{
    /// <summary>Copies the samples; where both sides agree on the sign they may be clamped to the bits stored, else the bit pattern is kept.</summary>
    /// <remarks>
    /// A lossy codestream may overshoot by a few levels; wrapping would turn white into black. A lossless one carries signed samples as unsigned bit patterns.
    /// Some encoders code the whole cell of a sample and not its value (dcmcjpeg's true lossless mode): where the codestream has the bits up to the high bit, the samples
    /// stand in it as they would stand uncompressed, and what lies below the lowest stored bit is shifted away.
    /// </remarks>
    /// <param name="codec">Its name, for errors.</param>
    /// <param name="image">A codestream's samples; of the shape that <paramref name="format"/> has.</param>
    /// <param name="format">What the DICOM header says.</param>
    /// <param name="clamp">Whether values beyond the bits stored are overshoot.</param>
    /// <param name="destination">Gets the frame.</param>
    public static void Write(string codec, CodedImage image, FrameFormat format, bool clamp, Span<byte> destination)
    {
        if (image.BitsPerSample > format.BytesPerSample * 8)
        {
            throw Codestream.Error(codec, $"{image.BitsPerSample} bits per sample found, the DICOM header allocates {format.BitsAllocated}.");
        }

        int shift = image.BitsPerSample > format.HighBit ? format.HighBit + 1 - format.BitsStored : 0;
        (long least, long most) = clamp && image.IsSigned == format.IsSigned
            ? (format.IsSigned ? -(1L << (format.BitsStored - 1)) : 0, (1L << (format.BitsStored - (format.IsSigned ? 1 : 0))) - 1)
            : (int.MinValue, int.MaxValue);
        (int low, int high) = ((int)least, (int)Math.Min(most, int.MaxValue));
        switch (format.BytesPerSample)
        {
            case 1:
                for (int i = 0; i < image.Samples.Length; i++)
                {
                    destination[i] = (byte)Math.Clamp(image.Samples[i] >> shift, low, high);
                }

                break;
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(destination);
                for (int i = 0; i < image.Samples.Length; i++)
                {
                    shorts[i] = (ushort)Math.Clamp(image.Samples[i] >> shift, low, high);
                }

                break;
            default:
                Span<int> ints = MemoryMarshal.Cast<byte, int>(destination);
                for (int i = 0; i < image.Samples.Length; i++)
                {
                    ints[i] = image.Samples[i] >> shift;
                }

                break;
        }
    }
}
