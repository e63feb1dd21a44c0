using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>JPEG lossless with Huffman coding: ITU-T T.81 process 14, every predictor (DICOM 1.2.840.10008.1.2.4.57 and .70).</summary>
/// <remarks>2 to 16 bits, 1 to 4 components of one size in one scan or several, restart intervals of whole rows, point transform.</remarks>
internal static class JpegLosslessDecoder
{
    private const string Name = "JPEG lossless";
    private const byte LosslessFrame = 0xC3;
    private const byte DefineHuffmanTables = 0xC4;

    /// <summary>Decodes one stream.</summary>
    /// <param name="stream">From the start-of-image marker on; what follows the end-of-image marker is ignored.</param>
    /// <param name="bounds">What it may declare.</param>
    /// <exception cref="InvalidDataException">Not such a stream, damaged, truncated, or beyond the bounds.</exception>
    public static CodedImage Decode(ReadOnlySpan<byte> stream, StreamBounds bounds)
    {
        JpegSegments segments = new(stream, Name);
        if (segments.Next(out _) != JpegSegments.StartOfImage)
        {
            throw Error("the stream does not begin with a start-of-image marker.");
        }

        JpegFrameHeader? frame = null;
        int[] samples = [];
        byte[]?[] tables = new byte[]?[4];
        int restartInterval = 0;
        int missing = int.MaxValue;   // components that no scan has brought yet, one bit each
        while (missing != 0)
        {
            byte marker = segments.Next(out ReadOnlySpan<byte> body);
            switch (marker)
            {
                case LosslessFrame when frame is null:
                    frame = JpegFrameHeader.Read(Name, body, bounds);
                    missing = (1 << frame.ComponentIds.Length) - 1;
                    samples = Allocate(frame, stream.Length);
                    break;
                case DefineHuffmanTables:
                    LosslessHuffmanTable.ReadAll(body, tables);
                    break;
                case JpegSegments.DefineRestartInterval:
                    restartInterval = body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : throw Error("the restart interval has no value.");
                    break;
                case JpegSegments.StartOfScan when frame is not null:
                    JpegScanHeader scan = JpegScanHeader.Read(Name, body, frame);
                    OpenScan(frame, scan, tables, restartInterval).Decode(stream, ref segments, samples);
                    foreach (int component in scan.Components)
                    {
                        ShiftBack(samples, component, frame.ComponentIds.Length, scan.PointTransform);
                        missing = (missing & (1 << component)) != 0 ? missing & ~(1 << component) : throw Error($"component {frame.ComponentIds[component]} is coded twice.");
                    }

                    break;
                case JpegSegments.EndOfImage or JpegSegments.StartOfScan or (>= 0xC0 and <= 0xCF and not 0xC8):
                    throw Error($"marker 0xFF{marker:X2} found; one lossless Huffman frame (0xFFC3) with a scan of each component expected.");
            }
        }

        return new CodedImage(frame!.Width, frame.Height, frame.ComponentIds.Length, frame.Precision, IsSigned: false, samples);
    }

    internal static InvalidDataException Error(string cause) => Codestream.Error(Name, cause);

    internal static InvalidDataException Truncated() => Error("the coded data ends before the last sample.");

    private static int[] Allocate(JpegFrameHeader frame, int streamLength)
    {
        long count = (long)frame.Width * frame.Height * frame.ComponentIds.Length;

        // No code is shorter than one bit, so a short stream with a large claim is refused before memory is taken for it.
        return count <= streamLength * 8L
            ? new int[count]
            : throw Error($"{frame.Width} x {frame.Height} x {frame.ComponentIds.Length} samples declared, {streamLength} bytes cannot hold them.");
    }

    private static LosslessScan OpenScan(JpegFrameHeader frame, JpegScanHeader scan, byte[]?[] slots, int restartInterval)
    {
        if (scan.First is < 1 or > 7 || scan.PointTransform >= frame.Precision)
        {
            throw Error($"predictor {scan.First} with point transform {scan.PointTransform} found; 1 to 7 and less than {frame.Precision} expected.");
        }

        if (restartInterval % frame.Width != 0)
        {
            throw Error($"a restart interval of {restartInterval} found, a multiple of the width {frame.Width} expected.");
        }

        LosslessHuffmanTable[] tables = new LosslessHuffmanTable[scan.Tables.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            int slot = scan.Tables[i] >> 4;
            byte[] definition = (slot < slots.Length ? slots[slot] : null) ?? throw Error($"the scan uses Huffman table {slot}, which was not defined.");
            tables[i] = LosslessHuffmanTable.Build(definition);
        }

        return new LosslessScan(frame, scan, tables, restartInterval);
    }

    private static void ShiftBack(Span<int> samples, int component, int stride, int pointTransform)
    {
        for (int i = component; pointTransform > 0 && i < samples.Length; i += stride)
        {
            samples[i] <<= pointTransform;
        }
    }
}
