namespace CxrNet.Imaging.Tests;

public sealed class DecodingWhatIsNoImage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AnEmptyFileIsNamed()
    {
        string path = Path.Combine(_folder.FullName, "empty.png");
        File.WriteAllBytes(path, []);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.DecodeFile(path));
        Assert.StartsWith($"'{path}': The file is empty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATextFileIsNamedWithItsFirstBytes()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode("hello world"u8.ToArray()));
        Assert.Contains("hello wo", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void AMissingFileAndAFolderAreNamed()
    {
        string missing = Path.Combine(_folder.FullName, "missing.dcm");
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => RadiographDecoder.Default.DecodeFile(missing)).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.DecodeFile(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileBeyondTheLimitIsRefused() =>
        Assert.Contains("at most 10", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.DecodeStream(new MemoryStream(new byte[11]), new DecodeLimits { MaxFileBytes = 10 })).Message, StringComparison.Ordinal);
}
