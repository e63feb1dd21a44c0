using System.Text;
using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>What is no model, or no whole one, or has no card.</summary>
public sealed class RefusingAFile
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;
    private static readonly TinyOnnx Tiny = TinyOnnx.For(Card);

    [Fact]
    public void AFileThatIsNotThere() => Assert.Contains("no such file", Refusal.Of(() => OnnxClassifier.Load("nowhere/model.onnx")), StringComparison.Ordinal);

    [Fact]
    public void AFileWithoutACard()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { Card = null }).Save(folder.Path);
        string message = Refusal.Of(() => OnnxClassifier.Load(path));
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("no model card", message, StringComparison.Ordinal);
        Assert.Contains("tiny.card.json", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is a text file, not a network")]
    [InlineData("\n\n\n\n")]
    public void AFileThatIsNoModel(string text) =>
        Assert.Contains("no ONNX model or is damaged", Refusal.Of(() => OnnxClassifier.Load(Encoding.UTF8.GetBytes(text))), StringComparison.Ordinal);

    [Fact]
    public void AFileOfNoBytes()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("empty.onnx"), []);
        Assert.Contains("is empty", Refusal.Of(() => OnnxClassifier.Load(folder.File("empty.onnx"))), StringComparison.Ordinal);
        Assert.Contains("is empty", Refusal.Of(() => OnnxClassifier.Load([])), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolder()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("is a folder", Refusal.Of(() => OnnxClassifier.Load(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void ADeviceThatNeverEnds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file.");
        Assert.Contains("is empty", Refusal.Of(() => OnnxClassifier.Load("/dev/zero")), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfMoreThanTwoGigabytes()
    {
        using TemporaryFolder folder = new();
        using (FileStream sparse = File.Create(folder.File("huge.onnx")))
        {
            sparse.SetLength(10L << 30);
        }

        Assert.Contains("10737418240 bytes", Refusal.Of(() => OnnxClassifier.Load(folder.File("huge.onnx"))), StringComparison.Ordinal);
    }

    [Fact]
    public void ACardOfManyMegabytesOrOfManyLevels()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { Card = null }).Save(folder.Path);
        File.WriteAllText(folder.File("tiny.card.json"), new string(' ', 17 << 20));
        Assert.Contains("17825792 bytes", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
        File.WriteAllText(folder.File("tiny.card.json"), new string('[', 100_000));
        Assert.Contains("tiny.card.json", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
        byte[] inside = (Tiny with { Card = Card with { Description = new string('x', 17 << 20) } }).ToBytes();
        Assert.Contains("the card inside has", Refusal.Of(() => OnnxClassifier.Load(inside)), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatWasCutAnywhere()
    {
        byte[] whole = Tiny.ToBytes();
        for (int length = 0; length < whole.Length; length += 61)
        {
            Refusal.Of(() => OnnxClassifier.Load(whole[..length]));
        }
    }

    [Fact]
    public void AFileWithDamagedBytesEitherLoadsOrIsRefused()
    {
        byte[] whole = Tiny.ToBytes();
        Random random = new(7);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                using OnnxClassifier classifier = OnnxClassifier.Load(damaged);
            }
            catch (CxrModelException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void ACardThatIsNoJson()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { Card = null }).Save(folder.Path);
        File.WriteAllText(folder.File("tiny.card.json"), "{ nonsense");
        Assert.Contains("tiny.card.json", Refusal.Of(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }
}
