using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.TestData;

namespace CxrNet.Cli.Tests;

public sealed class ClassifyingWhatCannotBeRead
{
    public static TheoryData<string> BadFiles => ["text.jpg", "empty.png", "cut.png", "bomb.png", "nowhere.png"];

    [Theory, MemberData(nameof(BadFiles))]
    public void AnErrorNamesTheFileAndTheCauseInOneLine(string name)
    {
        using Cli cli = new();
        string file = Make(cli, name);
        string line = Cli.Run("classify", file, "--model", cli.Model).OneError();
        Assert.Contains(file, line, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRestIsStillProcessedAndJsonSaysWhichFailed()
    {
        using Cli cli = new();
        string[] files = [cli.Phantom("a.png"), .. BadFiles.Select(f => Make(cli, f.Data)), cli.Phantom("z.png")];
        CliResult result = Cli.Run(["classify", .. files, "--model", cli.Model, "--json", "--batch", "4"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Error);
        JsonElement[] json = result.Json;
        Assert.Equal(files, json.Select(j => j.GetProperty("file").GetString()));
        Assert.True(json[0].TryGetProperty("findings", out _));
        Assert.True(json[^1].TryGetProperty("findings", out _));
        Assert.All(json[1..^1], j => Assert.Equal(["file", "error"], j.EnumerateObject().Select(p => p.Name)));
    }

    [Fact]
    public void ATruncatedJpegIsAnError()
    {
        string folder = TestFolders.RequireData("originals");
        using Cli cli = new();
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).First());
        string file = cli.Write("cut.jpg", whole[..(whole.Length / 2)]);
        Assert.Contains(file, Cli.Run("classify", file, "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACorruptModelIsNamed()
    {
        using Cli cli = new();
        byte[] whole = File.ReadAllBytes(cli.Model);
        string model = cli.Write("corrupt.onnx", whole[..(whole.Length / 3)]);
        string line = Cli.Run("classify", cli.Phantom("a.png"), "--model", model).OneError();
        Assert.Contains(model, line, StringComparison.Ordinal);
        JsonElement json = Assert.Single(Cli.Run("classify", cli.Path("a.png"), "--model", model, "--json").Json);
        Assert.Equal(model, json.GetProperty("file").GetString());
    }

    [Fact]
    public void AModelWithoutACardIsNamed()
    {
        using Cli cli = new();
        string model = cli.Write("bare.onnx", new TinyOnnx().ToBytes());
        string line = Cli.Run("classify", cli.Phantom("a.png"), "--model", model).OneError();
        Assert.Contains(model, line, StringComparison.Ordinal);
        Assert.Contains("no model card", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AMapIsAskedOfAModelThatHasNone()
    {
        using Cli cli = new();
        CxrModelCard card = ConformanceCards.Classifier with { Outputs = new CardOutputs() };
        string model = cli.Write("mapless.onnx", TinyOnnx.For(card).ToBytes());
        Assert.Contains("no map of its own", Cli.Run("classify", cli.Phantom("a.png"), "--model", model, "--map", cli.Path("out")).OneError(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Assert.Single(Cli.Run("classify", cli.Path("a.png"), "--model", model, "--json").Json).GetProperty("map").ValueKind);
    }

    [Theory]
    [InlineData("classify")]
    [InlineData("classify", "a.png", "--backend", "abacus")]
    [InlineData("classify", "a.png", "--batch", "0")]
    [InlineData("classify", "a.png", "--colour")]
    [InlineData("phantom", "--class", "fracture")]
    [InlineData("evaluate")]
    [InlineData("no-such-command")]
    public void AWrongCommandLineIsExplained(params string[] args)
    {
        CliResult result = Cli.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEqual("", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static string Make(Cli cli, string name) => name switch
    {
        "text.jpg" => cli.Write(name, "This is a letter, not a radiograph."u8.ToArray()),
        "empty.png" => cli.Write(name, []),
        "cut.png" => cli.Write(name, File.ReadAllBytes(cli.Phantom("whole.png"))[..2000]),
        "bomb.png" => cli.Write(name, Bomb(20_000, 20_000)),
        _ => cli.Path(name),
    };

    /// <summary>A PNG of a few bytes whose header claims 400 megapixels.</summary>
    private static byte[] Bomb(int width, int height)
    {
        using MemoryStream file = new();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(file, "IHDR"u8, header);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[100]);
        }

        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. data]));
        file.Write(number);
    }

    // PNG's CRC-32: reflected, polynomial 0xEDB88320.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
