using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>JPEG-LS, lossless and near-lossless: ITU-T T.87 (DICOM 1.2.840.10008.1.2.4.80 and .81).</summary>
/// <remarks>2 to 16 bits, 1 to 4 components of one size in every interleave mode, preset parameters, restart intervals; no mapping tables.</remarks>
internal static class JpegLsDecoder
{
    private const string Name = "JPEG-LS";
    private const byte JpegLsFrame = 0xF7;
    private const byte PresetParameters = 0xF8;
    private const int InterleaveNone = 0;
    private const int InterleaveSample = 2;

    /// <summary>Decodes one stream.</summary>
    /// <param name="stream">From the start-of-image marker on; what follows the last scan is ignored.</param>
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
        JpegLsPreset preset = default;
        int restartInterval = 0;
        int missing = int.MaxValue;   // components that no scan has brought yet, one bit each
        while (missing != 0)
        {
            byte marker = segments.Next(out ReadOnlySpan<byte> body);
            switch (marker)
            {
                case JpegLsFrame when frame is null:
                    frame = JpegFrameHeader.Read(Name, body, bounds);
                    missing = (1 << frame.ComponentIds.Length) - 1;
                    samples = Allocate(frame, stream.Length);
                    break;
                case PresetParameters:
                    preset = JpegLsPreset.Read(body, preset);
                    break;
                case JpegSegments.DefineRestartInterval:
                    restartInterval = ReadRestartInterval(body);
                    break;
                case JpegSegments.StartOfScan when frame is not null:
                    JpegScanHeader scan = JpegScanHeader.Read(Name, body, frame);
                    foreach (int component in scan.Components)
                    {
                        missing = (missing & (1 << component)) != 0 ? missing & ~(1 << component) : throw Error($"component {frame.ComponentIds[component]} is coded twice.");
                    }

                    OpenScan(frame, scan, preset, restartInterval).Decode(stream, ref segments, samples);
                    break;
                case JpegLsFrame or JpegSegments.StartOfScan or JpegSegments.EndOfImage or (>= 0xC0 and <= 0xCF):
                    throw Error($"marker 0xFF{marker:X2} found; one JPEG-LS frame (0xFFF7) with a scan of each component expected.");
            }
        }

        return new CodedImage(frame!.Width, frame.Height, frame.ComponentIds.Length, frame.Precision, IsSigned: false, samples);
    }

    internal static InvalidDataException Error(string cause) => Codestream.Error(Name, cause);

    internal static InvalidDataException Truncated() => Error("the coded data ends before the last sample.");

    private static int[] Allocate(JpegFrameHeader frame, int streamLength)
    {
        // A line takes at least one bit, be it one run; a short stream with a large claim is refused before memory is taken for it.
        return frame.Height <= streamLength * 8L
            ? new int[frame.Width * frame.Height * frame.ComponentIds.Length]
            : throw Error($"{frame.Height} lines declared, {streamLength} bytes cannot hold them.");
    }

    private static int ReadRestartInterval(ReadOnlySpan<byte> body) => body.Length switch
    {
        2 => BinaryPrimitives.ReadUInt16BigEndian(body),
        3 => body[0] << 16 | BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
        4 when body[0] < 0x80 => BinaryPrimitives.ReadInt32BigEndian(body),   // T.87 lets it have up to four bytes
        _ => throw Error($"a restart interval of {body.Length} bytes found, 2 to 4 expected."),
    };

    private static JpegLsScan OpenScan(JpegFrameHeader frame, JpegScanHeader scan, JpegLsPreset preset, int restartInterval)
    {
        if (scan.Second > InterleaveSample || (scan.Second == InterleaveNone && scan.Components.Length > 1))
        {
            throw Error($"interleave mode {scan.Second} with {scan.Components.Length} components found; 0 with one, or 1 or 2 expected.");
        }

        if (scan.PointTransform != 0 || scan.Tables.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw Error("a point transform or a mapping table is used, which is not supported.");
        }

        JpegLsCoding coding = new(frame.Precision, scan.First, preset);
        return new JpegLsScan(frame, scan.Components, scan.Second == InterleaveSample && scan.Components.Length > 1, coding, restartInterval);
    }
}
