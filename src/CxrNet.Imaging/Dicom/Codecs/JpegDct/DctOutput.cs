using System.Buffers;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Lays decoded planes out as a DICOM frame; half-size chroma is interpolated as the Independent JPEG Group's decoder does.</summary>
internal static class DctOutput
{
    /// <summary>Writes every sample of <paramref name="frame"/>, clamped to the bits that DICOM says are stored.</summary>
    public static void Write(DctFrame frame, FrameFormat format, Span<byte> destination)
    {
        int most = format.BitsStored >= 16 ? ushort.MaxValue : (1 << format.BitsStored) - 1;
        ushort[] line = ArrayPool<ushort>.Shared.Rent(frame.Width);
        for (int c = 0; c < frame.Components.Length; c++)
        {
            DctComponent component = frame.Components[c];
            for (int y = 0; y < frame.Height; y++)
            {
                ReadOnlySpan<ushort> row = RowOf(frame, component, y, line);
                Put(row, destination, ((y * frame.Width * format.Channels) + c) * format.BytesPerSample, frame.Width, format, most);
            }
        }

        ArrayPool<ushort>.Shared.Return(line);
    }

    private static ReadOnlySpan<ushort> RowOf(DctFrame frame, DctComponent component, int y, ushort[] line)
    {
        (int h, int maxH, int v, int maxV) = (component.Horizontal, frame.MaxHorizontal, component.Vertical, frame.MaxVertical);
        int near = Math.Min(y * v / maxV, component.Height - 1);
        ReadOnlySpan<ushort> nearRow = Row(component, near);
        if (h == maxH && v == maxV)
        {
            return nearRow;
        }

        Span<ushort> target = line.AsSpan(0, frame.Width);
        if (maxH != 2 * h || component.Width <= 2 || (maxV != v && maxV != 2 * v))
        {
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = nearRow[Math.Min(x * h / maxH, component.Width - 1)];
            }

            return target;
        }

        // Three quarters of the nearer sample and a quarter of the farther one, in each direction that is halved.
        bool both = maxV == 2 * v;
        int far = Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, component.Height - 1);
        ReadOnlySpan<ushort> farRow = both ? Row(component, far) : nearRow;
        int shift = both ? 4 : 2;
        for (int x = 0; x < target.Length; x++)
        {
            int near0 = Math.Min(x / 2, component.Width - 1);
            int far0 = Math.Clamp((x & 1) == 0 ? near0 - 1 : near0 + 1, 0, component.Width - 1);
            int nearSum = both ? (3 * nearRow[near0]) + farRow[near0] : nearRow[near0];
            int farSum = both ? (3 * nearRow[far0]) + farRow[far0] : nearRow[far0];

            // The rounding alternates, so that it has no bias: 8 and 7 of 16, or 1 and 2 of 4.
            int round = both ? 8 - (x & 1) : 1 + (x & 1);
            target[x] = (ushort)(((3 * nearSum) + farSum + round) >> shift);
        }

        return target;
    }

    private static ReadOnlySpan<ushort> Row(DctComponent component, int row) => component.Plane.AsSpan(row * component.Stride, component.Width);

    private static void Put(ReadOnlySpan<ushort> source, Span<byte> destination, int start, int width, FrameFormat format, int most)
    {
        int step = format.Channels;
        if (format.BytesPerSample == 1)
        {
            for (int x = 0, o = start; x < width; x++, o += step)
            {
                destination[o] = (byte)Math.Min(source[x], most);
            }
        }
        else if (format.BytesPerSample == 2)
        {
            Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(destination);
            for (int x = 0, o = start / 2; x < width; x++, o += step)
            {
                shorts[o] = (ushort)Math.Min(source[x], most);
            }
        }
        else
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(destination);
            for (int x = 0, o = start / 4; x < width; x++, o += step)
            {
                words[o] = (uint)Math.Min(source[x], most);
            }
        }
    }
}
