using System.Buffers;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Lays decoded planes out as a DICOM frame; half-width chroma is interpolated as the Independent JPEG Group's decoder does.</summary>
internal static class DctOutput
{
    /// <summary>Writes every sample of <paramref name="frame"/>, clamped to the bits that DICOM says are stored.</summary>
    public static void Write(DctFrame frame, FrameFormat format, Span<byte> destination)
    {
        int most = format.BitsStored >= 16 ? ushort.MaxValue : (1 << format.BitsStored) - 1;
        ushort[] line = ArrayPool<ushort>.Shared.Rent(frame.Width + 2);
        for (int c = 0; c < frame.Components.Length; c++)
        {
            DctComponent component = frame.Components[c];
            for (int y = 0; y < frame.Height; y++)
            {
                int sourceRow = Math.Min(y * component.Vertical / frame.MaxVertical, component.Height - 1);
                ReadOnlySpan<ushort> source = component.Plane.AsSpan(sourceRow * component.Stride, component.Width);
                if (component.Horizontal != frame.MaxHorizontal)
                {
                    Widen(source, line.AsSpan(0, frame.Width), component.Horizontal, frame.MaxHorizontal);
                    source = line;
                }

                Put(source, destination, (((y * frame.Width) * format.Channels) + c) * format.BytesPerSample, frame.Width, format, most);
            }
        }

        ArrayPool<ushort>.Shared.Return(line);
    }

    // Twice the width: 3/4 of the nearer sample and 1/4 of the farther one; other ratios repeat samples.
    private static void Widen(ReadOnlySpan<ushort> source, Span<ushort> target, int part, int whole)
    {
        bool doubled = whole == 2 * part && source.Length > 2;
        for (int x = 0; x < target.Length; x++)
        {
            int near = Math.Min(x * part / whole, source.Length - 1);
            int far = Math.Clamp((x & 1) == 0 ? near - 1 : near + 1, 0, source.Length - 1);
            target[x] = doubled ? (ushort)(((3 * source[near]) + source[far] + 1 + (x & 1)) >> 2) : source[near];
        }
    }

    private static void Put(ReadOnlySpan<ushort> source, Span<byte> destination, int start, int width, FrameFormat format, int most)
    {
        int step = format.Channels;
        if (format.BytesPerSample == 1)
        {
            for (int x = 0, o = start; x < width; x++, o += step)
            {
                destination[o] = (byte)Math.Min(source[x], most);
            }

            return;
        }

        if (format.BytesPerSample == 4)
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(destination);
            for (int x = 0, o = start / 4; x < width; x++, o += step)
            {
                words[o] = (uint)Math.Min(source[x], most);
            }

            return;
        }

        Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(destination);
        for (int x = 0, o = start / 2; x < width; x++, o += step)
        {
            shorts[o] = (ushort)Math.Min(source[x], most);
        }
    }
}
