using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>RLE Lossless; DICOM PS3.5, annex G: one segment per byte of a sample, most significant first, PackBits in each.</summary>
internal sealed class RleFrameDecoder : IFrameDecoder
{
    private const int HeaderLength = 64;

    public bool CanDecode(string transferSyntaxUid) => transferSyntaxUid == TransferSyntax.RleLossless;

    public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
    {
        ReadOnlySpan<byte> data = stream.Span;
        int expected = format.Channels * format.BytesPerSample;
        if (data.Length < HeaderLength || BinaryPrimitives.ReadInt32LittleEndian(data) != expected)
        {
            throw new InvalidDataException($"The RLE frame of {data.Length} bytes has no header with {expected} segments.");
        }

        for (int segment = 0; segment < expected; segment++)
        {
            uint start = BinaryPrimitives.ReadUInt32LittleEndian(data[(4 + (4 * segment))..]);
            uint end = segment + 1 < expected ? BinaryPrimitives.ReadUInt32LittleEndian(data[(8 + (4 * segment))..]) : (uint)data.Length;
            if (start < HeaderLength || start > end || end > data.Length)
            {
                throw new InvalidDataException($"RLE segment {segment + 1} of {expected} claims the bytes {start} to {end}, the frame has {data.Length}.");
            }

            (int channel, int significance) = Math.DivRem(segment, format.BytesPerSample);
            int place = BitConverter.IsLittleEndian ? format.BytesPerSample - 1 - significance : significance;
            int first = (channel * format.BytesPerSample) + place;
            int written = Unpack(data[(int)start..(int)end], destination[first..], expected);
            int pixels = format.Width * format.Height;
            if (written < pixels)
            {
                throw new InvalidDataException($"RLE segment {segment + 1} of {expected} ends after {written} of {pixels} pixels.");
            }
        }

        return FrameColor.AsStated;
    }

    // Writes every step-th byte, so that planes of bytes become interleaved samples without a copy; returns how many.
    private static int Unpack(ReadOnlySpan<byte> packed, Span<byte> target, int step)
    {
        int capacity = (target.Length + step - 1) / step;
        int written = 0;
        int i = 0;
        while (i + 1 < packed.Length && written < capacity)
        {
            int control = packed[i++];
            if (control == 128)
            {
                continue;
            }

            bool isRun = control > 128;
            int count = Math.Min(isRun ? 257 - control : control + 1, capacity - written);
            count = isRun ? count : Math.Min(count, packed.Length - i);
            for (int k = 0, o = written * step; k < count; k++, o += step)
            {
                target[o] = packed[isRun ? i : i + k];
            }

            i += isRun ? 1 : count;
            written += count;
        }

        return written;
    }
}
