using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>The frame header of a sequential DCT JPEG (T.81, B.2.2), components of any sampling factor.</summary>
internal sealed record DctFrame(int Precision, int Width, int Height, DctComponent[] Components)
{
    public int MaxHorizontal => Components.Max(static c => c.Horizontal);

    public int MaxVertical => Components.Max(static c => c.Vertical);

    /// <summary>Reads and checks the body of a start-of-frame segment, and allocates the planes.</summary>
    public static DctFrame Read(ReadOnlySpan<byte> body, FrameFormat format)
    {
        if (body.Length < 6 || body.Length < 6 + (3 * body[5]))
        {
            throw Codestream.Error(DctDecoder.Name, $"the frame header has {body.Length} bytes, too few for its components.");
        }

        int precision = body[0];
        int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        if (width != format.Width || height != format.Height || body[5] != format.Channels)
        {
            throw Codestream.Error(DctDecoder.Name, $"{width} x {height} x {body[5]} samples found, the DICOM header says {format.Width} x {format.Height} x {format.Channels}.");
        }

        if (precision is not (8 or 12) || precision > format.BytesPerSample * 8)
        {
            throw Codestream.Error(DctDecoder.Name, $"{precision} bits per sample found; 8 or 12 expected, and no more than the {format.BitsAllocated} allocated.");
        }

        DctComponent[] components = new DctComponent[body[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> spec = body[(6 + (3 * i))..];

            // A lone component fills the frame whatever its factors say.
            (int h, int v) = components.Length == 1 ? (1, 1) : (spec[1] >> 4, spec[1] & 15);
            if (h is < 1 or > 4 || v is < 1 or > 4 || spec[2] > 3)
            {
                throw Codestream.Error(DctDecoder.Name, $"component {spec[0]} is sampled {h} x {v} with table {spec[2]}; 1 to 4 and tables 0 to 3 expected.");
            }

            components[i] = new DctComponent(spec[0], h, v, spec[2]);
        }

        DctFrame frame = new(precision, width, height, components);
        foreach (DctComponent component in components)
        {
            component.Allocate(width, height, frame.MaxHorizontal, frame.MaxVertical);
        }

        return frame;
    }
}
