using System.Text;
using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>Each refusal is one line that names the model, what was found and what was expected.</summary>
public sealed class RefusingAModel
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;
    private static readonly TinyOnnx Tiny = TinyOnnx.For(Card);

    [Fact]
    public void AFileThatIsNotThere() => Assert.Contains("no such file", Refusal(() => OnnxClassifier.Load("nowhere/model.onnx")), StringComparison.Ordinal);

    [Fact]
    public void AFileWithoutACard()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { Card = null }).Save(folder.Path);
        string message = Refusal(() => OnnxClassifier.Load(path));
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("no model card", message, StringComparison.Ordinal);
        Assert.Contains("tiny.card.json", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a text file, not a network")]
    [InlineData("\n\n\n\n")]
    public void AFileThatIsNoModel(string text) =>
        Assert.Contains("no ONNX model or is damaged", Refusal(() => OnnxClassifier.Load(Encoding.UTF8.GetBytes(text))), StringComparison.Ordinal);

    [Fact]
    public void AFileThatWasCutAnywhere()
    {
        byte[] whole = Tiny.ToBytes();
        for (int length = 0; length < whole.Length; length += 61)
        {
            Refusal(() => OnnxClassifier.Load(whole[..length]));
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
        Assert.Contains("tiny.card.json", Refusal(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void ACardWithMoreFindingsThanTheNetworkHas() => Assert.Contains(
        "[1, 3] at 'logits', its card lists 4 findings",
        Refusal(() => OnnxClassifier.Load((Tiny with { Outputs = 3 }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardThatNamesAMapWhichIsNotThere() => Assert.Contains(
        "has the outputs 'logits', its card names 'map'",
        Refusal(() => OnnxClassifier.Load((Tiny with { HasMap = false }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardThatNamesLogitsWhichAreNotThere() => Assert.Contains(
        "its card names 'logits'",
        Refusal(() => OnnxClassifier.Load((Tiny with { HasLogits = false }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardWithAnotherInputSize() => Assert.Contains(
        "takes [n, 1, 48, 48] at 'input', its card says [n, 1, 32, 32]",
        Refusal(() => OnnxClassifier.Load((Tiny with { Side = 48 }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardWithAnotherInputName() => Assert.Contains(
        "has the inputs 'input', its card names one, 'image'",
        Refusal(() => OnnxClassifier.Load((Tiny with { Card = Card with { Input = Card.Input with { Name = "image" } } }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ASegmenterThatIsLoadedAsAClassifier() => Assert.Contains(
        "says LungSegmentation, Classification was asked for",
        Refusal(() => OnnxClassifier.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void WeightsThatAreNoNumbers() => Assert.Contains(
        "no finite numbers",
        Refusal(() => OnnxClassifier.Load((Tiny with { Weight = float.NaN }).ToBytes())),
        StringComparison.Ordinal);

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
        Assert.Contains("outside the model's own folder", Refusal(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsInAnotherFileWhereThereIsNoFolder() => Assert.Contains(
        "load the model by its path",
        Refusal(() => OnnxClassifier.Load((Tiny with { ExternalLocation = "weights.bin" }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void WeightsInAFileThatIsTooShort()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { ExternalLocation = "weights.bin" }).Save(folder.Path);
        File.WriteAllBytes(folder.File("weights.bin"), new byte[2]);
        Assert.Contains("'weights.bin' has 2 bytes", Refusal(() => OnnxClassifier.Load(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public void ATensorThatClaimsWhatTheFileCannotHold(long dimension) => Assert.Contains(
        "stemWeight",
        Refusal(() => OnnxClassifier.Load((Tiny with { ClaimedDimension = dimension }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void OptionsThatCannotBeAreTheCallersMistake()
    {
        Assert.ThrowsAny<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { MaxBatch = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { IntraOpThreads = -1 }));
    }

    private static string Refusal(Action load)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(load);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
