using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Sequential DCT JPEG with Huffman codes, 8 and 12 bits (T.81, processes 1, 2 and 4).</summary>
internal static class DctDecoder
{
    public const string Name = "JPEG";

    /// <summary>Decodes every scan; the components keep their planes, nothing is converted or upsampled yet.</summary>
    public static DctFrame Decode(ReadOnlySpan<byte> stream, FrameFormat format)
    {
        JpegSegments segments = new(stream, Name);
        ushort[]?[] quants = new ushort[4][];
        byte[]?[] tables = new byte[8][];
        DctFrame? frame = null;
        int restartInterval = 0;
        int missing = int.MaxValue;   // components that no scan has brought yet, one bit each
        while (missing != 0)
        {
            byte marker = segments.Next(out ReadOnlySpan<byte> body);
            switch (marker)
            {
                case 0xDB:
                    DctQuantization.ReadAll(body, quants);
                    break;
                case 0xC4:
                    DctHuffmanTable.ReadAll(body, tables);
                    break;
                case JpegSegments.DefineRestartInterval when body.Length >= 2:
                    restartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xC0 or 0xC1 when frame is null:
                    frame = DctFrame.Read(body, format);
                    missing = (1 << frame.Components.Length) - 1;
                    break;
                case >= 0xC0 and <= 0xCF and not 0xC8 and not 0xCC:
                    throw Codestream.Error(Name, $"frame marker 0xFF{marker:X2} found; one baseline or extended sequential frame (0xFFC0, 0xFFC1) expected.");
                case JpegSegments.StartOfScan when frame is not null:
                    Scan(body, frame, tables, quants, restartInterval, ref missing).Decode(stream, ref segments);
                    break;
                case JpegSegments.EndOfImage or JpegSegments.StartOfScan:
                    throw Codestream.Error(Name, $"marker 0xFF{marker:X2} found before {(frame is null ? "a frame header" : "the last component's scan")}.");
            }
        }

        return frame!;
    }

    private static DctScan Scan(ReadOnlySpan<byte> body, DctFrame frame, byte[]?[] tables, ushort[]?[] quants, int restartInterval, ref int missing)
    {
        int count = body.IsEmpty ? 0 : body[0];
        if (count < 1 || count > frame.Components.Length || body.Length < 4 + (2 * count))
        {
            throw Codestream.Error(Name, $"a scan header of {body.Length} bytes names {count} components, the frame has {frame.Components.Length}.");
        }

        var parts = new (DctComponent, DctHuffmanTable, DctHuffmanTable, ushort[])[count];
        for (int i = 0; i < count; i++)
        {
            byte id = body[1 + (2 * i)];
            byte slots = body[2 + (2 * i)];
            int index = Array.FindIndex(frame.Components, c => c.Id == id);
            if (index < 0)
            {
                throw Codestream.Error(Name, $"a scan names component {id}, which the frame does not have.");
            }

            missing = (missing & (1 << index)) != 0 ? missing & ~(1 << index) : throw Codestream.Error(Name, $"component {id} is coded twice.");
            DctComponent component = frame.Components[index];
            if (slots >> 4 > 3 || (slots & 15) > 3 || tables[slots >> 4] is not { } dc || tables[4 + (slots & 15)] is not { } ac || quants[component.QuantTable] is not { } quant)
            {
                throw Codestream.Error(Name, $"component {id} asks for tables (Huffman 0x{slots:X2}, quantisation {component.QuantTable}) that the stream does not have.");
            }

            parts[i] = (component, DctHuffmanTable.Build(dc), DctHuffmanTable.Build(ac), quant);
        }

        return new DctScan(frame, parts, restartInterval);
    }
}
