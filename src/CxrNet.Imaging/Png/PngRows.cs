using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CxrNet.Imaging;

/// <summary>Takes unfiltered PNG rows and lays their samples out as <see cref="DecodedImage"/> wants them: alpha dropped, palette looked up, machine byte order.</summary>
internal sealed class PngRows
{
    private readonly PngHeader _header;
    private readonly int _channels;
    private readonly byte[] _palette;

    public PngRows(PngHeader header, int channels, byte[] palette)
    {
        (_header, _channels, _palette) = (header, channels, palette);
        Samples = GC.AllocateUninitializedArray<byte>(header.Width * header.Height * channels * (header.BitDepth == 16 ? 2 : 1));
    }

    public byte[] Samples { get; }

    /// <summary>Puts one row of a pass: pixel i goes to column x + i * stepX.</summary>
    public void Put(ReadOnlySpan<byte> line, int width, int row, int x, int stepX)
    {
        int start = ((row * _header.Width) + x) * _channels;
        int step = stepX * _channels;
        if (_header.BitDepth == 16)
        {
            Put16(line, width, start, step);
        }
        else if (_header.BitDepth < 8 || _header.IsPalette)
        {
            PutPacked(line, width, start, step);
        }
        else if (_header.StoredChannels == _channels && stepX == 1)
        {
            line.CopyTo(Samples.AsSpan(start));
        }
        else
        {
            for (int i = 0, s = 0; i < width; i++, s += _header.StoredChannels, start += step)
            {
                line.Slice(s, _channels).CopyTo(Samples.AsSpan(start));
            }
        }
    }

    private void Put16(ReadOnlySpan<byte> line, int width, int start, int step)
    {
        ReadOnlySpan<ushort> source = MemoryMarshal.Cast<byte, ushort>(line);
        Span<ushort> target = MemoryMarshal.Cast<byte, ushort>(Samples.AsSpan());
        if (_header.StoredChannels == 1 && step == 1)
        {
            Swap(source, target.Slice(start, width));
            return;
        }

        for (int i = 0, s = 0; i < width; i++, s += _header.StoredChannels, start += step)
        {
            Swap(source.Slice(s, _channels), target.Slice(start, _channels));
        }
    }

    private static void Swap(ReadOnlySpan<ushort> bigEndian, Span<ushort> native)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(bigEndian, native);
        }
        else
        {
            bigEndian.CopyTo(native);
        }
    }

    private void PutPacked(ReadOnlySpan<byte> line, int width, int start, int step)
    {
        int depth = _header.BitDepth;
        int mask = (1 << depth) - 1;
        for (int i = 0; i < width; i++, start += step)
        {
            int bit = i * depth;
            int value = (line[bit >> 3] >> (8 - depth - (bit & 7))) & mask;
            if (_header.IsPalette)
            {
                _palette.AsSpan(value * 3, _channels).CopyTo(Samples.AsSpan(start));
            }
            else
            {
                Samples[start] = (byte)value;
            }
        }
    }
}
