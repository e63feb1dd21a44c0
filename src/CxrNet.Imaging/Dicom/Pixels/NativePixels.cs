using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging.Dicom;

/// <summary>Uncompressed pixel data: finds a frame, and lays it out interleaved in the machine's byte order; PS3.5, section 8.</summary>
internal static class NativePixels
{
    /// <summary>Copies frame <paramref name="frame"/>; where the data ends early, the rest stays 0.</summary>
    /// <param name="pixels">The element's whole value.</param>
    /// <param name="frame">Which, from 0.</param>
    /// <param name="format">How its pixels are stored.</param>
    /// <param name="bigEndian">Whether the highest byte of a word comes first.</param>
    /// <param name="words">Whether the value is a stream of words of 16 bits (OW) and not of bytes (OB); it makes a difference to samples of 8 bits or fewer.</param>
    /// <param name="destination">Gets the samples.</param>
    /// <returns>Whether the whole frame was there.</returns>
    public static bool Copy(ReadOnlySpan<byte> pixels, int frame, FrameFormat format, bool bigEndian, bool words, Span<byte> destination)
    {
        // Two samples of 8 bits make a word, the first in its low byte, which big endian puts second; PS3.5, 8.1.1 and annex D. Pairs count from the element's start and not the frame's, which may be odd.
        bool swapsPairs = bigEndian && words && format.BitsAllocated <= 8;
        if (format.BitsAllocated == 1)
        {
            return CopyBits(pixels, (long)frame * format.Width * format.Height, swapsPairs, destination);
        }

        long length = StoredBytes(format, 1);
        long start = Math.Min(frame * length, pixels.Length);
        ReadOnlySpan<byte> stored = pixels[(int)start..(int)Math.Min(start + length, pixels.Length)];
        bool whole = stored.Length == length;
        if (swapsPairs)
        {
            stored = WithPairsSwapped(pixels, (int)start, stored.Length);
        }

        if (format.PhotometricInterpretation == "YBR_FULL_422")
        {
            Expand422(stored, destination);
        }
        else if (format.IsPlanar)
        {
            Interleave(stored, format, destination);
        }
        else
        {
            stored.CopyTo(destination);
        }

        if (bigEndian == BitConverter.IsLittleEndian)
        {
            Swap(destination, format.BytesPerSample);
        }

        return whole;
    }

    /// <summary>The bytes that frames take in the file: a pair of pixels with half-sampled chroma takes four of six bytes, single bits run on without a gap.</summary>
    public static long StoredBytes(FrameFormat format, long frames)
    {
        long pixels = (long)format.Width * format.Height;
        return format switch
        {
            { BitsAllocated: 1 } => (pixels * frames / 8) + (pixels * frames % 8 == 0 ? 0 : 1),
            { PhotometricInterpretation: "YBR_FULL_422" } => pixels * 2 * format.BytesPerSample * frames,
            _ => format.FrameBytes * frames,
        };
    }

    /// <summary>One byte for each bit; bits run on from frame to frame without a gap, lowest bit first.</summary>
    public static bool CopyBits(ReadOnlySpan<byte> pixels, long firstBit, bool swapsPairs, Span<byte> destination)
    {
        long available = Math.Max(0, ((long)pixels.Length * 8) - firstBit);
        int count = (int)Math.Min(available, destination.Length);
        for (int i = 0; i < count; i++)
        {
            long bit = firstBit + i;
            int at = (int)(bit >> 3);
            destination[i] = (byte)((pixels[swapsPairs ? Partner(at, pixels.Length) : at] >> (int)(bit & 7)) & 1);
        }

        return count == destination.Length;
    }

    private static byte[] WithPairsSwapped(ReadOnlySpan<byte> pixels, int start, int length)
    {
        byte[] swapped = new byte[length];
        for (int i = 0; i < length; i++)
        {
            swapped[i] = pixels[Partner(start + i, pixels.Length)];
        }

        return swapped;
    }

    /// <summary>Where the other byte of a pair stands; the last byte of an odd length, which the standard forbids, has none.</summary>
    public static int Partner(int index, int length) => (index ^ 1) < length ? index ^ 1 : index;

    // Y0 Y1 Cb Cr becomes Y0 Cb Cr Y1 Cb Cr; PS3.3 C.7.6.3.1.2.
    private static void Expand422(ReadOnlySpan<byte> stored, Span<byte> destination)
    {
        for (int s = 0, d = 0; s + 3 < stored.Length && d + 5 < destination.Length; s += 4, d += 6)
        {
            destination[d] = stored[s];
            destination[d + 3] = stored[s + 1];
            destination[d + 1] = destination[d + 4] = stored[s + 2];
            destination[d + 2] = destination[d + 5] = stored[s + 3];
        }
    }

    private static void Interleave(ReadOnlySpan<byte> stored, FrameFormat format, Span<byte> destination)
    {
        int size = format.BytesPerSample;
        int plane = format.Width * format.Height * size;
        for (int s = 0; s < stored.Length; s++)
        {
            (int channel, int rest) = Math.DivRem(s, plane);
            (int pixel, int part) = Math.DivRem(rest, size);
            destination[(((pixel * format.Channels) + channel) * size) + part] = stored[s];
        }
    }

    private static void Swap(Span<byte> samples, int size)
    {
        if (size == 2)
        {
            Span<ushort> values = MemoryMarshal.Cast<byte, ushort>(samples);
            BinaryPrimitives.ReverseEndianness(values, values);
        }
        else if (size == 4)
        {
            Span<uint> values = MemoryMarshal.Cast<byte, uint>(samples);
            BinaryPrimitives.ReverseEndianness(values, values);
        }
    }
}
