using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>The frame header of a JPEG-family stream (ITU-T T.81 B.2.2), for components of one size.</summary>
internal sealed record JpegFrameHeader(int Precision, int Width, int Height, byte[] ComponentIds)
{
    /// <summary>Reads and checks the body of a start-of-frame segment.</summary>
    public static JpegFrameHeader Read(string codec, ReadOnlySpan<byte> body, StreamBounds bounds)
    {
        if (body.Length < 6 || body.Length < 6 + 3 * body[5])
        {
            throw Codestream.Error(codec, $"the frame header has {body.Length} bytes, too few for its components.");
        }

        int precision = body[0];
        if (precision is < 2 or > 16)
        {
            throw Codestream.Error(codec, $"{precision} bits per sample declared, 2 to 16 expected.");
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        Codestream.CheckSize(codec, width, height, body[5], bounds);
        byte[] ids = new byte[body[5]];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = body[6 + 3 * i];
            byte sampling = body[7 + 3 * i];

            // A lone component fills the frame whatever its factors say.
            if (ids.Length > 1 && sampling != 0x11)
            {
                throw Codestream.Error(codec, $"component {ids[i]} is sampled {sampling >> 4} x {sampling & 15}, only 1 x 1 is supported.");
            }
        }

        return new JpegFrameHeader(precision, width, height, ids);
    }
}
