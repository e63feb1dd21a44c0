using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom;

/// <summary>Colour frames to red, green, blue; PS3.3 C.7.6.3.1.2 and C.7.9.</summary>
internal static class ColorFrames
{
    /// <summary>Wraps a colour frame, converted to RGB where it is not.</summary>
    public static DecodedImage ToImage(StoredFrame frame, RadiographInfo info)
    {
        FrameFormat format = frame.Format;
        bool isYbr = frame.Color == FrameColor.YbrFull || (frame.Color == FrameColor.AsStated && format.PhotometricInterpretation is "YBR_FULL" or "YBR_FULL_422");
        if (isYbr && format.BytesPerSample != 1)
        {
            throw new InvalidDataException($"{format.PhotometricInterpretation} with {format.BitsAllocated} bits allocated; 8 expected.");
        }

        if (isYbr)
        {
            YbrToRgb(frame.Samples);
        }

        SampleFormat samples = format.BytesPerSample == 1 ? SampleFormat.UInt8 : SampleFormat.UInt16;
        return new DecodedImage(format.Width, format.Height, samples, PhotometricMeaning.Rgb, frame.Samples, format.BitsStored) { Info = info };
    }

    /// <summary>Full-range YCbCr of 8 bits to RGB, in place.</summary>
    /// <remarks>R = Y + 1.402 (Cr - 128), G = Y - 0.344136 (Cb - 128) - 0.714136 (Cr - 128), B = Y + 1.772 (Cb - 128), rounded and clamped.</remarks>
    public static void YbrToRgb(Span<byte> samples)
    {
        for (int i = 0; i + 2 < samples.Length; i += 3)
        {
            float y = samples[i] + 0.5f;
            float cb = samples[i + 1] - 128f;
            float cr = samples[i + 2] - 128f;
            samples[i] = Clamp(y + (1.402f * cr));
            samples[i + 1] = Clamp(y - (0.344136f * cb) - (0.714136f * cr));
            samples[i + 2] = Clamp(y + (1.772f * cb));
        }
    }

    /// <summary>Looks palette indices up; 16-bit entries stay 16 bits.</summary>
    public static DecodedImage FromPalette(StoredFrame frame, DicomDataSet set, RadiographInfo info)
    {
        if (set.Has(DicomTag.RedSegmentedData))
        {
            throw new InvalidDataException("The palette is segmented (0028,1221), which is not read; plain palettes (0028,1201) are.");
        }

        LookupTable[] palette = [Palette(set, 0), Palette(set, 1), Palette(set, 2)];
        int[] indices = frame.ToInt32();
        bool wide = palette[0].BitsPerEntry > 8;
        byte[] samples = GC.AllocateUninitializedArray<byte>(indices.Length * (wide ? 6 : 3));
        Span<ushort> wideSamples = wide ? MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()) : [];
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<ushort> entries = palette[channel].Entries.Span;
            for (int i = 0; i < indices.Length; i++)
            {
                ushort entry = entries[(int)Math.Clamp((long)indices[i] - palette[channel].FirstMapped, 0, entries.Length - 1)];
                if (wide)
                {
                    wideSamples[(i * 3) + channel] = entry;
                }
                else
                {
                    samples[(i * 3) + channel] = (byte)entry;
                }
            }
        }

        return new DecodedImage(frame.Format.Width, frame.Format.Height, wide ? SampleFormat.UInt16 : SampleFormat.UInt8, PhotometricMeaning.Rgb, samples, wide ? 16 : 8) { Info = info };
    }

    private static LookupTable Palette(DicomDataSet set, uint channel) =>
        LookupTables.Read(set, DicomTag.RedDescriptor + channel, DicomTag.RedData + channel, signed: false)
        ?? throw new InvalidDataException($"PALETTE COLOR without a usable palette {DicomTag.Name(DicomTag.RedData + channel)}.");

    private static byte Clamp(float value) => (byte)Math.Clamp(value, 0f, 255f);
}
