namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>A scan header of a JPEG-family stream (ITU-T T.81 B.2.3).</summary>
/// <param name="Components">Index into the frame's components, in the scan's order.</param>
/// <param name="Tables">The table byte of each of them: Huffman table in the high nibble (T.81), mapping table (T.87).</param>
/// <param name="First">Predictor (T.81 lossless) or NEAR (T.87).</param>
/// <param name="Second">End of spectral selection (T.81) or interleave mode (T.87).</param>
/// <param name="PointTransform">Low bits that were shifted away before coding.</param>
internal readonly record struct JpegScanHeader(int[] Components, byte[] Tables, byte First, byte Second, int PointTransform)
{
    /// <summary>Reads and checks the body of a start-of-scan segment.</summary>
    public static JpegScanHeader Read(string codec, ReadOnlySpan<byte> body, JpegFrameHeader frame)
    {
        int count = body.IsEmpty ? 0 : body[0];
        if (count < 1 || count > frame.ComponentIds.Length || body.Length < 4 + 2 * count)
        {
            throw Codestream.Error(codec, $"a scan header of {body.Length} bytes names {count} components, the frame has {frame.ComponentIds.Length}.");
        }

        int[] components = new int[count];
        byte[] tables = new byte[count];
        for (int i = 0; i < count; i++)
        {
            byte id = body[1 + 2 * i];
            components[i] = Array.IndexOf(frame.ComponentIds, id);
            tables[i] = body[2 + 2 * i];
            if (components[i] < 0 || Array.IndexOf(components, components[i]) != i)
            {
                throw Codestream.Error(codec, $"a scan names component {id}, which the frame does not have or the scan named before.");
            }
        }

        ReadOnlySpan<byte> tail = body[(1 + 2 * count)..];
        return new JpegScanHeader(components, tables, tail[0], tail[1], tail[2] & 15);
    }
}
