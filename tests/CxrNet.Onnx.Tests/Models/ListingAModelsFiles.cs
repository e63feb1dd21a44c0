using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class ListingAModelsFiles : IDisposable
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModelOfOneFileIsThatFile()
    {
        string path = (Tiny with { Card = null }).Save(_folder.Path);
        Assert.Equal([path], OnnxModelFiles.Of(path));
    }

    [Fact]
    public void WeightsInAnotherFileComeBehindIt()
    {
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[4 * 4 * 9]);
        string path = (Tiny with { ExternalLocation = "weights.bin" }).Save(_folder.Path);
        Assert.Equal([path, _folder.File("weights.bin")], OnnxModelFiles.Of(path));
    }

    [Fact]
    public void AFileThatIsNoModelOrWhoseWeightsAreMissingIsNamed()
    {
        File.WriteAllBytes(_folder.File("text.onnx"), [1, 2, 3]);
        Assert.Contains("text.onnx", Refusal.Of(() => OnnxModelFiles.Of(_folder.File("text.onnx"))), StringComparison.Ordinal);
        string path = (Tiny with { ExternalLocation = "weights.bin" }).Save(_folder.Path);
        Assert.Contains("weights.bin", Refusal.Of(() => OnnxModelFiles.Of(path)), StringComparison.Ordinal);
    }
}
