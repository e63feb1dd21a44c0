using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Models;

public sealed class ChoosingHowToRun
{
    private static readonly Lazy<byte[]> File = new(static () =>
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        return OnnxExport.Classifier(network, TinyNetworks.Card(TinyNetworks.Product));
    });

    [Fact]
    public void AMapThatNobodyWantsIsLeftOut()
    {
        using TorchClassifier with = TorchClassifier.Load(File.Value), without = TorchClassifier.Load(File.Value, new TorchOptions { ReadMap = false });
        CxrPrediction a = with.Classify(TinyNetworks.Images(1)[0]), b = without.Classify(TinyNetworks.Images(1)[0]);

        Assert.NotNull(a.Map);
        Assert.Null(b.Map);
        Assert.Equal(a.Logits, b.Logits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(19)]
    public void ABatchThatIsFilledUpGivesEachImageItsOwn(int count)
    {
        GrayImage[] images = TinyNetworks.Images(count);
        using TorchClassifier plain = TorchClassifier.Load(File.Value), filled = TorchClassifier.Load(File.Value, new TorchOptions { MaxBatch = 8, BatchSizes = [4, 8], WarmUp = true });

        IReadOnlyList<CxrPrediction> expected = plain.Classify(images), actual = filled.Classify(images);

        Assert.Equal(count, actual.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.All(expected[i].Logits.Zip(actual[i].Logits), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            Assert.All(expected[i].Map!.Values.ToArray().Zip(actual[i].Map!.Values.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [Fact]
    public void TheSizeOfABatchIsTheNextThatMayBeRun()
    {
        TorchOptions options = new() { MaxBatch = 16, BatchSizes = [1, 4, 12] };
        Assert.Equal([1, 4, 4, 12, 12], new[] { 1, 2, 4, 5, 12 }.Select(options.BatchFor));
        Assert.Equal(5, TorchOptions.Default.BatchFor(5));
    }

    [Fact]
    public void AListIsCutIntoPartsOfTheLastSizeThatMayBeRun()
    {
        using TorchModel some = TorchModel.Load(File.Value, "tiny", new TorchOptions { MaxBatch = 16, BatchSizes = [1, 4] }, CxrModelTask.Classification);
        using TorchModel any = TorchModel.Load(File.Value, "tiny", new TorchOptions { MaxBatch = 16 }, CxrModelTask.Classification);
        Assert.Equal((4, 16), (some.MaxBatch, any.MaxBatch));
    }

    public static TheoryData<int[]> NoSizes => new(new[] { 0 }, new[] { 4, 4 }, new[] { 8, 4 }, new[] { 17 });

    [Theory, MemberData(nameof(NoSizes))]
    public void SizesThatCannotBeAreRefused(int[] sizes)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TorchClassifier.Load(File.Value, new TorchOptions { BatchSizes = sizes }));
        Assert.Contains(string.Join(", ", sizes), error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBatch = 16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACardInTheOptionsTakesThePlaceOfTheFiles()
    {
        CxrModelCard own = TinyNetworks.Card(TinyNetworks.Product) with { Id = "given", Temperature = 2 };
        using TorchClassifier classifier = TorchClassifier.Load(File.Value, new TorchOptions { Card = own });
        Assert.Equal(("given", 2f), (classifier.Card.Id, classifier.Card.Temperature));
    }
}
