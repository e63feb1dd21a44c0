using System.Text.Json;
using CxrNet.Imaging.Dicom;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>golden/dicom/broken: what "a robust reader should" do, taken from the file's own words.</summary>
[Trait("Category", "golden")]
public sealed class ReadingBrokenFiles
{
    public static TheoryData<string> Names => GoldenFolder.Names("broken/");

    [Theory, MemberData(nameof(Names))]
    public void GivesTheImageOrAClearError(string name)
    {
        byte[] data = File.ReadAllBytes(GoldenFolder.Path($"broken/{name}.dcm"));
        JsonElement entry = GoldenFolder.Json("broken.json").GetProperty(name);
        string should = entry.GetProperty("a_robust_reader_should").GetString()!;
        if (entry.TryGetProperty("partial_file", out JsonElement partial))
        {
            DicomOptions options = DicomOptions.Default with { RecoverTruncatedPixels = should.Contains("on request", StringComparison.Ordinal) };
            DicomFile file = DicomFile.Open(data, options);
            Assert.Equal(Npy.Read(GoldenFolder.Path(partial.GetString()!)).Values, file.StoredValues().Select(v => (double)v));
            Assert.True(!should.Contains("warning", StringComparison.Ordinal) || file.Decode().Info.Warnings.Count > 0, $"{name}: a warning expected");
            if (options.RecoverTruncatedPixels)
            {
                AssertClear(Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(data)));
                Assert.NotEmpty(file.Decode().Info.Warnings);
            }

            if (should.Contains("allow", StringComparison.Ordinal))
            {
                AssertClear(Assert.Throws<InvalidDataException>(() => DicomFile.Open(data, options with { RequireHeader = true })));
            }

            return;
        }

        try
        {
            DecodedImage image = new DicomRadiographDecoder().Decode(data);
            Assert.Contains("or", should.Split(' '));
            Assert.True(should.Contains("garbage", StringComparison.Ordinal) || image.Info.Warnings.Count > 0, $"{name} was read without a warning: {should}");
        }
        catch (InvalidDataException e)
        {
            Assert.Contains("error", should, StringComparison.Ordinal);
            AssertClear(e);
        }
    }

    [Fact]
    public void ATruncatedFileNamesBothLengths()
    {
        byte[] data = File.ReadAllBytes(GoldenFolder.Path("broken/truncated_native.dcm"));
        string message = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(data)).Message;
        Assert.Contains("2400 bytes", message, StringComparison.Ordinal);
        Assert.Contains("3840 expected", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing_rows", "(0028,0010)")]
    [InlineData("unknown_transfer_syntax", "1.2.3.4.5")]
    [InlineData("missing_pixel_data", "(7FE0,0010)")]
    public void TheErrorNamesTheCause(string name, string cause)
    {
        byte[] data = File.ReadAllBytes(GoldenFolder.Path($"broken/{name}.dcm"));
        Assert.Contains(cause, Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(data)).Message, StringComparison.Ordinal);
    }

    private static void AssertClear(InvalidDataException e)
    {
        Assert.InRange(e.Message.Length, 20, 300);
        Assert.DoesNotContain('\n', e.Message);
    }
}
