// Over 200 lines: bits, coefficients and pixels of a block stay in registers from one step to the next.
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CxrNet.Imaging.Dicom.Codecs.JpegDct;

namespace CxrNet.Imaging;

/// <summary>The 8 x 8 blocks of a grey JPEG, from bits to pixels.</summary>
internal ref struct GrayJpegBlocks
{
    // Below this sum of absolute coefficients no step of the 16-bit transform can overflow: its first pass multiplies by at most 1.3871 x 4.
    private const int MostForShorts = 5800;

    private readonly GrayJpegHeader _header;
    private readonly Span<byte> _pixels;
    private readonly int _columns;

    public GrayJpegBlocks(GrayJpegHeader header, Span<byte> pixels)
    {
        _header = header;
        _pixels = pixels;
        _columns = header.Columns;
    }

    /// <summary>Decodes the blocks of one restart interval.</summary>
    /// <param name="bytes">Unstuffed, with zeros behind: what a block can read at most.</param>
    /// <param name="length">Bytes of data.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">The one behind the last.</param>
    /// <returns>False where the bits are no blocks, too few or too many.</returns>
    // Optimised at once: a program's first film has tens of thousands of blocks, all of which would run in code that was compiled in haste.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly bool Decode(ReadOnlySpan<byte> bytes, int length, int from, int to)
    {
        Span<short> block = stackalloc short[64];
        Span<byte> edge = stackalloc byte[64];
        long position = 0, end = 8L * length;
        int prediction = 0;
        for (int i = from; i < to; i++)
        {
            int sum = Read(bytes, ref position, ref prediction, block, out int last);
            if (sum < 0 || position > end)
            {
                return false;
            }

            if (!Place(i, block, sum, last == 0, edge))
            {
                return false;
            }

            if (last > 0)
            {
                block.Clear();
            }
        }

        // Ones fill the last byte; more than that belongs to nothing.
        return end - position < 8;
    }

    /// <summary>Transforms one block to its place in the picture.</summary>
    /// <param name="index">Which one, row by row.</param>
    /// <param name="block">Its coefficients in natural order.</param>
    /// <param name="sum">What <see cref="Read"/> returned.</param>
    /// <param name="isFlat">Whether only the first coefficient counts.</param>
    /// <param name="edge">64 bytes to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Place(int index, Span<short> block, int sum, bool isFlat, Span<byte> edge)
    {
        int width = _header.Width, height = _header.Height, x = index % _columns * 8, y = index / _columns * 8;
        if (x + 8 <= width && y + 8 <= height)
        {
            return Transform(block, sum, isFlat, _pixels[((y * width) + x)..], width);
        }

        if (!Transform(block, sum, isFlat, edge, 8))
        {
            return false;
        }

        int columns = Math.Min(8, width - x);
        for (int row = 0; row < Math.Min(8, height - y); row++)
        {
            edge.Slice(row * 8, columns).CopyTo(_pixels[(((y + row) * width) + x)..]);
        }

        return true;
    }

    /// <summary>Reads one block; the sum of its absolute coefficients, or -1. Only the first is written where there is no other, so the block stays clear.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly int Read(ReadOnlySpan<byte> bytes, ref long position, ref int prediction, Span<short> block, out int last)
    {
        last = 0;
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        ref ushort quant = ref MemoryMarshal.GetArrayDataReference(_header.Quant);

        // Places beyond the 63rd, which a damaged block can reach, are caught before they are looked up.
        ref byte natural = ref MemoryMarshal.GetReference(DctQuantization.Zigzag);
        ref int fast = ref MemoryMarshal.GetArrayDataReference(_header.Ac.Fast);
        long at = position;
        // The caller looks at the end after each block, and behind the end are zeros for a whole one.
        if (at >> 3 > bytes.Length - 272)
        {
            return -1;
        }

        ulong bits = Peek(ref source, at);
        int entry = _header.Dc.Whole[bits >> 48], length = entry >> 8, size = entry & 0xFF;
        if (entry == 0 || size > 15)
        {
            return -1;
        }

        at += length + size;
        prediction += size == 0 ? 0 : Number((int)(bits << length >> (64 - size)), size);
        int value = prediction * quant;
        block[0] = (short)value;
        int sum = Math.Abs(value);
        if (value != (short)value)
        {
            return -1;
        }

        for (int k = 1; k < 64; k++)
        {
            bits = Peek(ref source, at);
            entry = Unsafe.Add(ref fast, (nint)(bits >> (64 - GrayJpegTable.FastBits)));
            if (entry != 0)
            {
                at += entry & 0xFF;
                k += (entry >> 8) & 0xFF;
                value = entry >> 16;
            }
            else
            {
                entry = _header.Ac.Whole[bits >> 48];
                length = entry >> 8;
                size = entry & 15;
                if (entry == 0)
                {
                    return -1;
                }

                at += length + size;
                if (size == 0)
                {
                    if ((entry & 0xFF) != 0xF0)
                    {
                        // T.81 knows no other codes without a number than the end of a block and sixteen zeros.
                        if ((entry & 0xFF) != 0)
                        {
                            return -1;
                        }

                        break;
                    }

                    k += 15;
                    continue;
                }

                k += (entry >> 4) & 15;
                value = Number((int)(bits << length >> (64 - size)), size);
            }

            if (k > 63)
            {
                return -1;
            }

            value *= Unsafe.Add(ref quant, k);
            if (value != (short)value)
            {
                return -1;
            }

            block[Unsafe.Add(ref natural, k)] = (short)value;
            sum += Math.Abs(value);
            last = k;
        }

        position = at;
        return sum;
    }

    // 57 valid bits or more, left-aligned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Peek(ref byte source, long at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, (nint)(at >> 3)));
        return (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word) << (int)(at & 7);
    }

    // EXTEND, T.81 F.2.2.1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Number(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;

    // False where libjpeg would not clamp a value but take another: no encoder writes such a block.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Transform(Span<short> block, int sum, bool isFlat, Span<byte> target, int stride)
    {
        if (!isFlat)
        {
            return sum <= MostForShorts ? GrayJpegTransform.Transform(block, target, stride) : Exactly(block, target, stride);
        }

        // What both passes make of a first coefficient alone.
        int value = (block[0] + 4) >> 3;
        for (int row = 0; row < 8; row++)
        {
            target.Slice(row * stride, 8).Fill(Clamp(value));
        }

        return value is >= GrayJpegTransform.Least and <= GrayJpegTransform.Most;
    }

    private static bool Exactly(ReadOnlySpan<short> block, Span<byte> target, int stride)
    {
        Span<int> wide = stackalloc int[64];
        for (int i = 0; i < 64; i++)
        {
            wide[i] = block[i];
        }

        InverseDct.Transform(wide, 8);
        for (int i = 0; i < 64; i++)
        {
            target[(i / 8 * stride) + (i % 8)] = Clamp(wide[i]);
        }

        return !wide.ContainsAnyExceptInRange(GrayJpegTransform.Least, GrayJpegTransform.Most);
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
