using CsCheck;

namespace CxrNet.Imaging.Tests;

public sealed class WritingAndReadingPng : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void GreyComesBackAsWritten() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((width, height, seed) =>
        {
            byte[] grey = new byte[width * height];
            new Random(seed).NextBytes(grey);
            string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.png");
            PngFile.WriteGrey(path, grey, width, height);
            DecodedImage image = RadiographDecoder.Default.DecodeFile(path);
            Assert.Equal((width, height, 1, PhotometricMeaning.Monochrome2, 8), (image.Width, image.Height, image.Channels, image.Photometric, image.BitsStored));
            Assert.True(image.Samples.Span.SequenceEqual(grey));
        }, iter: 50);

    [Fact]
    public void ColourComesBackAsWritten() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((width, height, seed) =>
        {
            byte[] rgb = new byte[width * height * 3];
            new Random(seed).NextBytes(rgb);
            string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.png");
            PngFile.WriteRgb(path, rgb, width, height, new Dictionary<string, string> { ["Comment"] = "research use only" });
            DecodedImage image = RadiographDecoder.Default.DecodeFile(path);
            Assert.Equal((width, height, 3, PhotometricMeaning.Rgb), (image.Width, image.Height, image.Channels, image.Photometric));
            Assert.True(image.Samples.Span.SequenceEqual(rgb));
        }, iter: 50);

    [Fact]
    public void AGreyImageIsRoundedToBytes()
    {
        string path = Path.Combine(_folder.FullName, "grey.png");
        PngFile.Write(path, new GrayImage(4, 1, [0f, 0.5f, 1f, 1.5f]));
        Assert.Equal([0, 128, 255, 255], RadiographDecoder.Default.DecodeFile(path).Samples.ToArray());
    }

    [Fact]
    public void NothingButTheFileIsLeft()
    {
        PngFile.WriteGrey(Path.Combine(_folder.FullName, "mask.png"), [0, 255], 2, 1);
        Assert.Throws<ArgumentException>(() => PngFile.WriteGrey(Path.Combine(_folder.FullName, "bad.png"), [0], 2, 1));
        Assert.Equal(["mask.png"], _folder.GetFiles().Select(f => f.Name));
    }

    [Theory]
    [InlineData("", "text")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "text")]
    [InlineData("a\0b", "text")]
    [InlineData("Comment", "a\0b")]
    public void AKeywordThatNoChunkCanHoldIsRefusedBeforeAFileIsBegun(string keyword, string text)
    {
        Dictionary<string, string> texts = new() { [keyword] = text };
        ArgumentException e = Assert.Throws<ArgumentException>(() => PngFile.WriteGrey(Path.Combine(_folder.FullName, "bad.png"), [0, 255], 2, 1, texts));
        Assert.Equal("texts", e.ParamName);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenToIsAnIOException()
    {
        string path = Path.Combine(_folder.FullName, "mask.png");
        IOException e = Assert.Throws<IOException>(() => AtomicFile.Permitted<int>(path, static () => throw new UnauthorizedAccessException("/secret.tmp")));
        Assert.StartsWith($"'{path}' cannot be written", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AReadOnlyFolderIsAnIOException()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This process may write wherever it likes.");
        DirectoryInfo locked = _folder.CreateSubdirectory("locked");
        if (!OperatingSystem.IsWindows())
        {
            locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        }

        string path = Path.Combine(locked.FullName, "mask.png");
        Assert.Contains(path, Assert.Throws<IOException>(() => PngFile.WriteGrey(path, [0, 255], 2, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStreamGetsTheSameBytesAsAFile()
    {
        GrayImage grey = new(3, 2, [0, 0.2f, 0.4f, 0.6f, 0.8f, 1]);
        RgbImage colour = new(2, 1, [1, 2, 3, 4, 5, 6]);
        string path = Path.Combine(_folder.FullName, "picture.png");

        PngFile.Write(path, grey);
        Assert.Equal(File.ReadAllBytes(path), Written(stream => PngFile.Write(stream, grey)));
        PngFile.Write(path, colour);
        Assert.Equal(File.ReadAllBytes(path), Written(stream => PngFile.Write(stream, colour)));
    }

    private static byte[] Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        Assert.True(stream.CanWrite, "the stream belongs to the caller and stays open");
        return stream.ToArray();
    }
}
