using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>Weights that lie where they must not, or are said to be more than there is.</summary>
public sealed class RefusingWeightsElsewhere
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("inner/../../weights.bin")]
    public void WeightsOutsideTheModelsFolder(string location)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("model"));
        File.WriteAllBytes(folder.File("weights.bin"), new byte[4 * 4 * 9]);
        string path = (Tiny with { ExternalLocation = location }).Save(folder.File("model"));
        Assert.Contains("outside the model's own folder", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsBehindALink()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("model"));
        File.WriteAllBytes(folder.File("weights.bin"), new byte[4 * 4 * 9]);
        try
        {
            File.CreateSymbolicLink(folder.File(Path.Combine("model", "weights.bin")), folder.File("weights.bin"));
            Directory.CreateSymbolicLink(folder.File(Path.Combine("model", "inner")), folder.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"Links cannot be made here: {e.Message}");
        }

        string plain = (Tiny with { ExternalLocation = "weights.bin" }).Save(folder.File("model"));
        Assert.Contains("'weights.bin' is a link", Refusal.Of(() => OnnxClassifier.Load(plain)), StringComparison.Ordinal);
        string inFolder = (Tiny with { ExternalLocation = "inner/weights.bin" }).Save(folder.File("model"), "other.onnx");
        Assert.Contains("'inner' is a link", Refusal.Of(() => OnnxClassifier.Load(inFolder)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10_000_000_000)]
    [InlineData(100, 144)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-4, 144)]
    [InlineData(0, -144)]
    public void WeightsBeyondTheEndOfTheirFile(long offset, long length)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("weights.bin"), new byte[4 * 4 * 9]);
        string path = (Tiny with { ExternalLocation = "weights.bin", ExternalRange = (offset, length) }).Save(folder.Path);
        Assert.Contains("weights.bin", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsAtAnAddressInMemory()
    {
        // The engine's own mark for weights that it was handed in memory: in a file it would be a pointer of the writer's choice.
        using TemporaryFolder folder = new();
        string path = (Tiny with { ExternalLocation = "*/_ORT_MEM_ADDR_/*", ExternalRange = (4096, 144) }).Save(folder.Path);
        Assert.Contains("reads as an address in memory", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsInAnotherFileWhereThereIsNoFolder() => Assert.Contains(
        "load the model by its path",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { ExternalLocation = "weights.bin" }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void WeightsInAFileThatIsTooShort()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { ExternalLocation = "weights.bin" }).Save(folder.Path);
        File.WriteAllBytes(folder.File("weights.bin"), new byte[2]);
        Assert.Contains("'weights.bin' has 2 bytes", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public void ATensorThatClaimsWhatTheFileCannotHold(long dimension) => Assert.Contains(
        "stemWeight",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { ClaimedDimension = dimension }).ToBytes())),
        StringComparison.Ordinal);
}
