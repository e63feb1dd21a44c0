using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CxrNet.Imaging.Dicom.Codecs;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Every file of the data folder whose transfer syntax one of the codecs reads.</summary>
public sealed partial class DecodingRealFiles
{
    private const string LossyJpeg2000 = "91";

    [Theory]
    [InlineData("57")]
    [InlineData("70")]
    [InlineData("80")]
    [InlineData("81")]
    [InlineData("90")]
    [InlineData("91")]
    [Trait("Category", "golden")]
    public void GivesTheStoredValuesOfTheManifest(string syntax)
    {
        string manifest = TestFolders.RequireData("dicom/manifest.csv");
        List<string> failures = [];
        List<Dictionary<string, string>> rows = [.. Csv.Read(manifest)];
        foreach (Dictionary<string, string> file in rows.Where(row => row["transfer_syntax_uid"] == KnownCodecs.Prefix + syntax))
        {
            // A lossless file that the manifest's own decoder could not read has the values of its lossless twin.
            string expected = file["raw_sha256_int32le"] is { Length: > 0 } own
                ? own
                : rows.First(row => row["reference_file"] == file["reference_file"] && row["note"].StartsWith("lossless", StringComparison.Ordinal) && row["raw_sha256_int32le"].Length > 0)["raw_sha256_int32le"];
            string path = Path.Combine(Path.GetDirectoryName(manifest)!, file["file"]);
            byte[] stream = EncapsulatedFrame.ReadFirst(path, int.Parse(file["frames"], CultureInfo.InvariantCulture));
            var image = KnownCodecs.Decode(file["transfer_syntax_uid"], stream);
            int[] stored = KnownCodecs.StoredValues(image, int.Parse(file["bits_stored"], CultureInfo.InvariantCulture), file["pixel_representation"] == "1");
            string sha = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(stored.AsSpan())));
            if (sha != expected && !(syntax == LossyJpeg2000 && IsWithinRounding(file, image, stored, rows, Path.GetDirectoryName(manifest)!)))
            {
                failures.Add($"{file["file"]}: {image.Width} x {image.Height} of {image.BitsPerSample} bits, {stored.Min()} … {stored.Max()}, mean {stored.Average():F4}; expected {file["raw_min"]} … {file["raw_max"]}, mean {file["raw_mean"]}");
            }
        }

        Assert.Empty(failures);
    }

    // Two decoders of the 9/7 wavelet may round a sample differently: as far from the manifest's figures, and from the lossless twin, as it states.
    private static bool IsWithinRounding(Dictionary<string, string> file, CodedImage image, int[] stored, List<Dictionary<string, string>> rows, string folder)
    {
        double tolerance = image.BitsPerSample > 8 ? 2 : 1;
        bool isNear = Math.Abs(stored.Min() - Number(file["raw_min"])) <= tolerance
            && Math.Abs(stored.Max() - Number(file["raw_max"])) <= tolerance
            && Math.Abs(stored.Average() - Number(file["raw_mean"])) <= 0.01;
        Match stated = StatedDifference().Match(file["note"]);
        Dictionary<string, string>? twin = rows.FirstOrDefault(row => stated.Success && row["reference_file"] == file["reference_file"] && row["note"].StartsWith("lossless", StringComparison.Ordinal) && KnownCodecs.IsKnown(row["transfer_syntax_uid"]));
        if (twin is null)
        {
            return isNear;
        }

        CodedImage reference = KnownCodecs.Decode(twin["transfer_syntax_uid"], EncapsulatedFrame.ReadFirst(Path.Combine(folder, twin["file"]), frames: 1));
        int[] exact = KnownCodecs.StoredValues(reference, int.Parse(twin["bits_stored"], CultureInfo.InvariantCulture), twin["pixel_representation"] == "1");
        return isNear && Math.Abs(exact.Zip(stored, static (a, b) => Math.Abs(a - b)).Max() - Number(stated.Groups[1].Value)) <= tolerance;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"max abs diff to reference (\d+)")]
    private static partial Regex StatedDifference();
}
