using System.Text;
using System.Text.Json;
using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging.Tests.Export;

public sealed class WritingForTheClinicalChain : IDisposable
{
    private static readonly ResultProvenance Model = new("cxrnet-s-4class", new string('a', 64));
    private static readonly DicomReference Source = new("1.2.840.10008.5.1.4.1.1.1.1", "1.2.3.4", "1.2.3", "1.2.3.9");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ASecondaryCaptureIsReadBackInTheSourcesStudy()
    {
        (string path, RgbImage picture) = Capture(Source);
        DicomFile file = DicomFile.Open(File.ReadAllBytes(path));
        Assert.Equal(("1.2.840.10008.5.1.4.1.1.7", "1.2.3"), (file.Reference.SopClassUid, file.Reference.StudyInstanceUid));
        Assert.NotEqual("1.2.3.9", file.Reference.SeriesInstanceUid);
        Assert.StartsWith("2.25.", file.Reference.SopInstanceUid, StringComparison.Ordinal);
        DecodedImage image = file.Decode();
        Assert.Empty(image.Info.Warnings);
        Assert.True(image.Samples.Span[..(300 * 100 * 3)].SequenceEqual(picture.Rgb.AsSpan(0, 300 * 100 * 3)));
    }

    [Fact]
    public void TheStampStandsInThePixelsAndInTheHeader()
    {
        (string path, _) = Capture(Source);
        byte[] bytes = File.ReadAllBytes(path);
        string text = Encoding.ASCII.GetString(bytes);
        Assert.Contains("RESEARCH USE ONLY", text, StringComparison.Ordinal);
        Assert.Contains(Model.ModelId, text, StringComparison.Ordinal);
        Assert.Contains(Model.WeightsSha256, text, StringComparison.Ordinal);
        Assert.Contains("1.2.3.4", text, StringComparison.Ordinal);
        ReadOnlySpan<byte> bottom = RadiographDecoder.Default.Decode(bytes).Samples.Span[^(300 * 3 * 8)..];
        Assert.True(bottom.Contains((byte)0) && bottom.Contains((byte)255));
    }

    [Fact]
    public void WithoutASourceItIsAStudyOfItsOwn()
    {
        (string path, _) = Capture(null);
        Assert.StartsWith("2.25.", DicomFile.Open(File.ReadAllBytes(path)).Reference.StudyInstanceUid, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void WhatIsBurntIntoTheSourceIsBurntIntoThePicture(bool? burnedIn)
    {
        (string path, _) = Capture(Source with { BurnedInAnnotation = burnedIn });
        DicomFile file = DicomFile.Open(File.ReadAllBytes(path));
        Assert.Equal((burnedIn, burnedIn), (file.Info.BurnedInAnnotation, file.Reference.BurnedInAnnotation));
    }

    [Fact]
    public void AnInstanceIsReferredToWithBothItsIdentifiersOrNotAtAll()
    {
        // (0008,1150) and (0008,1155)
        static (bool Class, bool Instance) Find(string path)
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
            return (bytes.IndexOf((ReadOnlySpan<byte>)[8, 0, 0x50, 0x11, (byte)'U']) >= 0, bytes.IndexOf((ReadOnlySpan<byte>)[8, 0, 0x55, 0x11, (byte)'U']) >= 0);
        }

        Assert.Equal((true, true), Find(Capture(Source).Path));
        Assert.Equal((false, false), Find(Capture(Source with { SopClassUid = null }).Path));
        Assert.Equal((false, false), Find(Capture(Source with { SopInstanceUid = null }).Path));
    }

    [Fact]
    public void ALongModelIdLeavesTheStampInTheDescription()
    {
        byte[] bytes = File.ReadAllBytes(Capture(Source, new ResultProvenance(new string('m', 5000), Model.WeightsSha256)).Path);
        int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[8, 0, 0x11, 0x21, (byte)'S', (byte)'T']);
        int length = bytes[at + 6] | (bytes[at + 7] << 8);
        Assert.InRange(length, 1, 1024);
        Assert.Contains("RESEARCH USE ONLY; not for diagnosis.", Encoding.ASCII.GetString(bytes, at + 8, length), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingOfAPersonIsWritten()
    {
        (string path, _) = Capture(Source);
        byte[] bytes = File.ReadAllBytes(path);

        // Patient's name and identifier, birth date: there, empty.
        foreach (byte element in (byte[])[0x10, 0x20, 0x30])
        {
            int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x10, 0, element, 0]);
            Assert.True(at > 0);
            Assert.Equal(0, bytes[at + 6] | bytes[at + 7]);
        }
    }

    [Fact]
    public void AMaskGoesOutWithWhatItIsTheMaskOf()
    {
        string path = Path.Combine(_folder.FullName, "mask.png");
        LungMaskFile.Write(path, new LungMask(2, 2, [0f, 0.5f, 0.49f, 1f]), Model, Source);
        Assert.Equal([0, 255, 0, 255], RadiographDecoder.Default.Decode(File.ReadAllBytes(path)).Samples.ToArray());
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json")));
        Assert.Equal("1.2.3.4", json.RootElement.GetProperty("source").GetProperty("sop_instance_uid").GetString());
        Assert.Equal(Model.WeightsSha256, json.RootElement.GetProperty("model").GetProperty("weights_sha256").GetString());
        Assert.Equal("RESEARCH USE ONLY", json.RootElement.GetProperty("note").GetString());
    }

    private (string Path, RgbImage Picture) Capture(DicomReference? source, ResultProvenance? provenance = null)
    {
        byte[] rgb = new byte[300 * 200 * 3];
        new Random(1).NextBytes(rgb);
        RgbImage picture = new(300, 200, rgb);
        string path = Path.Combine(_folder.FullName, "capture.dcm");
        SecondaryCapture.Write(path, picture, provenance ?? Model, source);
        return (path, picture);
    }
}
