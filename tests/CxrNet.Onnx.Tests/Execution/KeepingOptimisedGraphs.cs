using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Execution;

public sealed class KeepingOptimisedGraphs
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);
    private static readonly GrayImage Image = ConformanceImages.Make(1);

    [Fact]
    public void TheSecondStartUsesWhatTheFirstLeft()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<float> plain = Logits(OnnxOptions.Default), first = Logits(Kept(folder));
        string entry = Assert.Single(Directory.GetFiles(folder.File("cache")));
        DateTime written = File.GetLastWriteTimeUtc(entry);
        Assert.Equal(first, Logits(Kept(folder)));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(folder.File("cache")))));
        Assert.All(plain.Zip(first), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void AnotherModelAndOtherOptionsHaveEntriesOfTheirOwn()
    {
        using TemporaryFolder folder = new();
        Logits(Kept(folder));
        Logits(Kept(folder) with { GraphOptimization = OnnxGraphOptimization.Basic });
        using (OnnxClassifier other = OnnxClassifier.Load((Tiny with { Seed = 2 }).ToBytes(), Kept(folder)))
        {
            Assert.NotEqual(Logits(Kept(folder)), other.Classify(Image, TestContext.Current.CancellationToken).Logits);
        }

        Assert.Equal(3, Directory.GetFiles(folder.File("cache")).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void ADamagedEntryIsReplaced(int length)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<float> expected = Logits(Kept(folder));
        string entry = Assert.Single(Directory.GetFiles(folder.File("cache")));
        File.WriteAllBytes(entry, File.ReadAllBytes(entry)[..length]);
        Assert.Equal(expected, Logits(Kept(folder)));

        // The engine does not name a graph's new weights in the same way each time, so not the same bytes.
        Assert.True(new FileInfo(Assert.Single(Directory.GetFiles(folder.File("cache")))).Length > 1000);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void AnEntryThatIsWholeAndNoModelIsReplacedToo(bool shares)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<float> expected = Logits(Kept(folder) with { ShareWeights = shares });
        string entry = Assert.Single(Directory.GetFiles(folder.File("cache")));
        byte[] other = "no model"u8.ToArray();
        string named = $"{Path.GetFileName(entry).Split('-')[0]}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(other))[..32]}.onnx";
        File.Delete(entry);
        File.WriteAllBytes(folder.File(Path.Combine("cache", named)), other);
        Assert.Equal(expected, Logits(Kept(folder) with { ShareWeights = shares }));
        Assert.True(new FileInfo(Assert.Single(Directory.GetFiles(folder.File("cache")))).Length > other.Length);
    }

    [Fact]
    public void AFolderThatCannotBeIsAnError()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("cache"), "a file");
        Assert.Contains("cannot be used", Assert.Throws<CxrModelException>(() => Logits(Kept(folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyStartsAtOnceDoNotDisturbEachOther()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<float>[] all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Logits(Kept(folder)), TestContext.Current.CancellationToken)));
        Assert.All(all, logits => Assert.Equal(all[0], logits));
        Assert.All(Directory.GetFiles(folder.File("cache")), static f => Assert.EndsWith(".onnx", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OnnxGraphOptimization.None)]
    [InlineData(OnnxGraphOptimization.Basic)]
    [InlineData(OnnxGraphOptimization.Extended)]
    public void EachLevelGivesTheSameNumbers(OnnxGraphOptimization level) =>
        Assert.All(Logits(OnnxOptions.Default).Zip(Logits(new OnnxOptions { GraphOptimization = level })), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

    private static OnnxOptions Kept(TemporaryFolder folder) => new() { OptimizedModelFolder = folder.File("cache") };

    private static IReadOnlyList<float> Logits(OnnxOptions options)
    {
        using OnnxClassifier classifier = OnnxClassifier.Load(Tiny.ToBytes(), options);
        return classifier.Classify(Image, TestContext.Current.CancellationToken).Logits;
    }
}
