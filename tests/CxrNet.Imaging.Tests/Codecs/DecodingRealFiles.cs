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
    [Trait("Category", "golden")]
    public void GivesTheStoredValuesOfTheManifest(string syntax)
    {
        string manifest = TestFolders.RequireData("dicom/manifest.csv");
        List<string> failures = [];
        foreach (Dictionary<string, string> file in Csv.Read(manifest).Where(row => row["transfer_syntax_uid"] == KnownCodecs.Prefix + syntax))
        {
            string path = Path.Combine(Path.GetDirectoryName(manifest)!, file["file"]);
            byte[] stream = EncapsulatedFrame.ReadFirst(path, int.Parse(file["frames"], CultureInfo.InvariantCulture));
            var image = KnownCodecs.Decode(file["transfer_syntax_uid"], stream);
            int[] stored = KnownCodecs.StoredValues(image, int.Parse(file["bits_stored"], CultureInfo.InvariantCulture), file["pixel_representation"] == "1");
            string sha = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(stored.AsSpan())));
            if (sha != file["raw_sha256_int32le"])
            {
                failures.Add($"{file["file"]}: {image.Width} x {image.Height} of {image.BitsPerSample} bits, {stored.Min()} … {stored.Max()}, mean {stored.Average():F4}; expected {file["raw_min"]} … {file["raw_max"]}, mean {file["raw_mean"]}");
            }
        }

        Assert.Empty(failures);
    }
}
