using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>The broken files of the golden folder whose codestream is what is broken.</summary>
public sealed partial class DecodingBrokenGoldenFiles
{
    [Fact]
    [Trait("Category", "golden")]
    public void RefusesStreamsThatEndEarlyAndSurvivesCorruptOnes()
    {
        string manifest = TestFolders.RequireGolden("dicom/broken.json");
        using JsonDocument broken = JsonDocument.Parse(File.ReadAllBytes(manifest));
        foreach (JsonProperty entry in broken.RootElement.EnumerateObject())
        {
            string path = Path.Combine(Path.GetDirectoryName(manifest)!, "broken", entry.Name + ".dcm");
            string syntax = TransferSyntax().Match(Encoding.Latin1.GetString(File.ReadAllBytes(path))).Value;
            if (!KnownCodecs.IsKnown(syntax))
            {
                continue;
            }

            var image = Mutations.TryDecode(stream => KnownCodecs.Decode(syntax, stream), EncapsulatedFrame.ReadFirst(path, frames: 1));
            bool endsEarly = entry.Name.StartsWith("truncated", StringComparison.Ordinal) || entry.Name.StartsWith("short_stream", StringComparison.Ordinal);
            Assert.False(endsEarly && image is not null, $"{entry.Name} decoded.");
        }
    }

    [GeneratedRegex(@"1\.2\.840\.10008\.1\.2\.4\.\d+")]
    private static partial Regex TransferSyntax();
}
