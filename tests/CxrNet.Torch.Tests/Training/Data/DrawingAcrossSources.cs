using CxrNet.Evaluation;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class DrawingAcrossSources
{
    [Fact]
    public void SmallSourcesComeAsOftenAsLargeOnesAndTinyOnesNever()
    {
        TrainingSet set = Set([("large", 900, ""), ("small", 30, ""), ("tiny", 5, "")]);
        int[] rows = set.DrawFromOtherSources([.. Enumerable.Repeat(set.Count - 1, 4000)], new Random(1));
        Dictionary<string, int> counts = rows.CountBy(row => set.Entries[row].Source).ToDictionary();
        Assert.InRange(counts["small"], 1800, 2200);
        Assert.InRange(counts["large"], 1800, 2200);
        Assert.DoesNotContain("tiny", counts.Keys);
    }

    [Fact]
    public void AnImageNeverMeetsItsOwnSourceUnlessThereIsNoOther()
    {
        TrainingSet two = Set([("a", 40, ""), ("b", 25, "")]);
        int[] all = [.. Enumerable.Range(0, two.Count)];
        Assert.All(all.Zip(two.DrawFromOtherSources(all, new Random(1))), pair => Assert.NotEqual(two.Entries[pair.First].Source, two.Entries[pair.Second].Source));

        TrainingSet one = Set([("a", 40, "")]);
        Assert.True(one.DrawFromOtherSources([.. Enumerable.Range(0, 40)], new Random(1)).Distinct().Count() > 10);
    }

    [Fact]
    public void ADrawnChestIsNobodysBody()
    {
        TrainingSet two = Set([("a", 40, ""), ("b", 40, ""), ("phantom", 400, "")]), one = Set([("a", 40, ""), ("phantom", 400, "")]);
        foreach (TrainingSet set in (TrainingSet[])[two, one])
        {
            Assert.All(set.DrawFromOtherSources([.. Enumerable.Range(0, set.Count)], new Random(1)), row => Assert.NotEqual("phantom", set.Entries[row].Source));
        }
    }

    [Fact]
    public void RemarksThatAreNamedSetImagesOfASourceApart()
    {
        TrainingSet set = Set([("copies", 90, "small-copy;child"), ("copies", 10, "child")]);
        set.Weigh(new TrainingOptions { GroupBalance = 1, SourceNotes = ["small-copy"] });
        Assert.Equal(set.Weights[..90].Sum(), set.Weights[90..].Sum(), 1e-3f);

        set.Weigh(new TrainingOptions { GroupBalance = 1 });
        Assert.All(set.Weights, static weight => Assert.Equal(1, weight, 1e-5f));
    }

    private static TrainingSet Set(IEnumerable<(string Source, int Count, string Notes)> groups)
    {
        ManifestEntry[] entries = [.. groups.SelectMany(static g => Enumerable.Range(0, g.Count).Select(_ => new ManifestEntry("f", "normal", "train") { Source = g.Source, Notes = g.Notes }))];
        return new TrainingSet(1, ["normal"], new byte[entries.Length], new byte[entries.Length], new int[entries.Length], entries);
    }
}
