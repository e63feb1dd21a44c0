using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Finds the codestream in a JP2 file (ITU-T T.800 Annex I); DICOM wants a bare one, some writers wrap it all the same.</summary>
internal static class Jp2Boxes
{
    private const uint Signature = 0x6A502020;
    private const uint Header = 0x6A703268;
    private const uint Palette = 0x70636C72;
    private const uint ContiguousCodestream = 0x6A703263;

    /// <summary>The codestream itself: <paramref name="stream"/>, or the content of its first codestream box.</summary>
    public static ReadOnlySpan<byte> FindCodestream(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(stream[4..]) != Signature)
        {
            return stream;
        }

        for (ReadOnlySpan<byte> rest = stream; !rest.IsEmpty;)
        {
            ReadOnlySpan<byte> content = Next(ref rest, out uint type);
            if (type == ContiguousCodestream)
            {
                return content;
            }

            if (type == Header)
            {
                RefusePalette(content);
            }
        }

        throw Jpeg2000Decoder.Error("the JP2 boxes hold no codestream.");
    }

    private static void RefusePalette(ReadOnlySpan<byte> boxes)
    {
        while (!boxes.IsEmpty)
        {
            Next(ref boxes, out uint type);
            if (type == Palette)
            {
                throw Jpeg2000Decoder.Error("the JP2 header has a palette, which is not supported.");
            }
        }
    }

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest, out uint type)
    {
        ulong length = rest.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(rest) : 2;
        int headerLength = 8;
        if (length == 1 && rest.Length >= 16)
        {
            length = BinaryPrimitives.ReadUInt64BigEndian(rest[8..]);
            headerLength = 16;
        }
        else if (length == 0)
        {
            length = (ulong)rest.Length;   // the last box reaches to the end
        }

        if (length < (ulong)headerLength)
        {
            throw Jpeg2000Decoder.Error($"a JP2 box of {length} bytes found, at least {headerLength} expected.");
        }

        // A last box that claims more than there is may still hold the whole image: the codestream has its own end.
        int taken = (int)Math.Min(length, (ulong)rest.Length);
        type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        ReadOnlySpan<byte> content = rest[headerLength..taken];
        rest = rest[taken..];
        return content;
    }
}
