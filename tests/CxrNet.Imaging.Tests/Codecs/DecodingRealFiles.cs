using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Every file of the data folder whose transfer syntax one of the codecs reads.</summary>
public sealed class DecodingRealFiles
{
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
            if (sha != expected)
            {
                failures.Add($"{file["file"]}: {image.Width} x {image.Height} of {image.BitsPerSample} bits, {stored.Min()} … {stored.Max()}, mean {stored.Average():F4}; expected {file["raw_min"]} … {file["raw_max"]}, mean {file["raw_mean"]}");
            }
        }

        Assert.Empty(failures);
    }
}
