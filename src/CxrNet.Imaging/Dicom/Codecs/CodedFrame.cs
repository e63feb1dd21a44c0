using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>Brings what a codestream holds into the layout of an uncompressed DICOM frame.</summary>
internal static class CodedFrame
{
    /// <summary>Copies the samples; where both sides agree on the sign they are clamped to the bits stored, else the bit pattern is kept.</summary>
    /// <remarks>A lossy codestream may overshoot by a few levels; wrapping would turn white into black. A lossless one carries signed samples as unsigned bit patterns.</remarks>
    public static void Write(string codec, CodedImage image, FrameFormat format, bool clamp, Span<byte> destination)
    {
        if (image.Width != format.Width || image.Height != format.Height || image.Components != format.Channels)
        {
            throw Codestream.Error(codec, $"{image.Width} x {image.Height} x {image.Components} samples found, the DICOM header says {format.Width} x {format.Height} x {format.Channels}.");
        }

        if (image.BitsPerSample > format.BytesPerSample * 8)
        {
            throw Codestream.Error(codec, $"{image.BitsPerSample} bits per sample found, the DICOM header allocates {format.BitsAllocated}.");
        }

        (long least, long most) = clamp && image.IsSigned == format.IsSigned
            ? (format.IsSigned ? -(1L << (format.BitsStored - 1)) : 0, (1L << (format.BitsStored - (format.IsSigned ? 1 : 0))) - 1)
            : (int.MinValue, int.MaxValue);
        (int low, int high) = ((int)least, (int)Math.Min(most, int.MaxValue));
        switch (format.BytesPerSample)
        {
            case 1:
                for (int i = 0; i < image.Samples.Length; i++)
                {
                    destination[i] = (byte)Math.Clamp(image.Samples[i], low, high);
                }

                break;
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(destination);
                for (int i = 0; i < image.Samples.Length; i++)
                {
                    shorts[i] = (ushort)Math.Clamp(image.Samples[i], low, high);
                }

                break;
            default:
                image.Samples.CopyTo(MemoryMarshal.Cast<byte, int>(destination));
                break;
        }
    }
}
