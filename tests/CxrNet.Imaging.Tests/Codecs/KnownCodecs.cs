using CxrNet.Imaging.Dicom.Codecs;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;
using CxrNet.Imaging.Dicom.Codecs.Jpeg2000;
using CxrNet.Imaging.Dicom.Codecs.JpegLs;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>The transfer syntaxes under test, and the arithmetic from coded samples to DICOM's stored values.</summary>
internal static class KnownCodecs
{
    public const string Prefix = "1.2.840.10008.1.2.4.";
    public const long MaxPixels = 100_000_000;
    public const long HostileLimit = 1_000_000;

    public static bool IsKnown(string transferSyntax) => transferSyntax.StartsWith(Prefix, StringComparison.Ordinal) && transferSyntax[Prefix.Length..] is "57" or "70" or "80" or "81" or "90" or "91";

    public static CodedImage Decode(string transferSyntax, ReadOnlySpan<byte> stream) => transferSyntax[Prefix.Length..] switch
    {
        "57" or "70" => JpegLosslessDecoder.Decode(stream, MaxPixels),
        "80" or "81" => JpegLsDecoder.Decode(stream, MaxPixels),
        "90" or "91" => Jpeg2000Decoder.Decode(stream, MaxPixels),
        _ => throw new ArgumentException(transferSyntax, nameof(transferSyntax)),
    };

    /// <summary>Sign-extends from the stored bits where DICOM says that the values are signed and the codestream does not know it.</summary>
    public static int[] StoredValues(CodedImage image, int bitsStored, bool signed)
    {
        int shift = signed && !image.IsSigned ? 32 - bitsStored : 0;
        return Array.ConvertAll(image.Samples, sample => sample << shift >> shift);
    }
}
