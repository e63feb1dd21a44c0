using System.Text.Json;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Every file of the golden folder whose transfer syntax one of the codecs reads; the tolerances are those of its README.</summary>
public sealed class DecodingGoldenFiles
{
    [Theory]
    [InlineData("57", 0)]
    [InlineData("70", 0)]
    [InlineData("80", 0)]
    [InlineData("81", 0)]
    [InlineData("90", 0)]
    [InlineData("91", 1)]
    [Trait("Category", "golden")]
    public void GivesTheExpectedStoredValues(string syntax, double tolerance)
    {
        string manifest = TestFolders.RequireGolden("dicom/expected.json");
        string folder = Path.GetDirectoryName(manifest)!;
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(manifest));
        List<string> failures = [];
        foreach (JsonProperty entry in expected.RootElement.EnumerateObject())
        {
            JsonElement facts = entry.Value;
            string uid = facts.TryGetProperty("transfer_syntax", out JsonElement element) ? element.GetString()! : "";
            if (uid != KnownCodecs.Prefix + syntax)
            {
                continue;
            }

            int frames = facts.TryGetProperty("NumberOfFrames", out JsonElement number) ? number.GetInt32() : 1;
            byte[] stream = EncapsulatedFrame.ReadFirst(Path.Combine(folder, "files", entry.Name + ".dcm"), frames);
            var image = KnownCodecs.Decode(uid, stream);
            int[] stored = KnownCodecs.StoredValues(image, facts.GetProperty("BitsStored").GetInt32(), facts.GetProperty("PixelRepresentation").GetInt32() == 1);
            double[] wanted = Npy.Read(Path.Combine(folder, "expected", entry.Name, "stored.npy")).Values;
            int step = facts.TryGetProperty("big", out _) ? 4 : 1;
            int[] picked = [.. from y in Enumerable.Range(0, image.Height) where y % step == 0
                               from x in Enumerable.Range(0, image.Width * image.Components) where x % step == 0
                               select stored[y * image.Width * image.Components + x]];
            double difference = picked.Zip(wanted, static (a, b) => Math.Abs(a - b)).Max();
            double allowed = tolerance > 0 && image.BitsPerSample > 8 ? 2 * tolerance : tolerance;
            if (wanted.Length != (long)picked.Length * frames || !(difference <= allowed))
            {
                failures.Add($"{entry.Name}: differs by {difference}, {allowed} allowed; {picked.Length} values, {wanted.Length} expected");
            }
        }

        Assert.Empty(failures);
    }
}
