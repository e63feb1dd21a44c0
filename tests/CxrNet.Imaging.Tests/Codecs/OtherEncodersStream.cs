using System.Globalization;
using CxrNet.Imaging.Dicom.Codecs;
using CxrNet.Imaging.Dicom.Codecs.Jpeg2000;
using CxrNet.Imaging.Dicom.Codecs.JpegLs;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>A row of Streams/streams.csv.</summary>
internal sealed record OtherEncodersStream(string File, int Width, int Height, int Components, int Bits, bool IsSigned, int Tolerance)
{
    private static readonly string Folder = Path.Combine(TestFolders.Repository, "tests", "CxrNet.Imaging.Tests", "Codecs", "Streams");

    public static IReadOnlyList<OtherEncodersStream> All { get; } = [.. Csv.Read(Path.Combine(Folder, "streams.csv")).Select(static row => new OtherEncodersStream(
        row["file"], Number(row["width"]), Number(row["height"]), Number(row["components"]), Number(row["bits"]), row["signed"] == "1", Number(row["tolerance"])))];

    public byte[] Read() => System.IO.File.ReadAllBytes(Path.Combine(Folder, File));

    public CodedImage Decode(byte[] stream) => Decode(stream, KnownCodecs.HostileLimit);

    public CodedImage Decode(byte[] stream, long maxPixels) => File.EndsWith(".jls", StringComparison.Ordinal)
        ? JpegLsDecoder.Decode(stream, maxPixels)
        : Jpeg2000Decoder.Decode(stream, maxPixels);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
