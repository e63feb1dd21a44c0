namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>Takes the stuffed zero bytes out of entropy-coded data (ITU-T T.81 B.1.1.5), so that bits can be read eight bytes at a time.</summary>
internal static class EntropyBytes
{
    /// <summary>Zero bytes behind the data, so that the last bits can be loaded as a whole word.</summary>
    public const int Padding = 8;

    /// <summary>Copies up to the next marker and returns the number of bytes; <paramref name="position"/> is left on that marker.</summary>
    public static int Unstuff(ReadOnlySpan<byte> stream, ref int position, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = stream[position..];
            int plain = rest.IndexOf((byte)0xFF);
            bool atEnd = plain < 0 || plain + 1 >= rest.Length;
            int copied = plain < 0 ? rest.Length : plain;
            rest[..copied].CopyTo(destination[written..]);
            written += copied;
            position += copied;
            if (atEnd || rest[plain + 1] != 0)
            {
                destination.Slice(written, Padding).Clear();
                return written;
            }

            destination[written++] = 0xFF;
            position += 2;
        }
    }
}
