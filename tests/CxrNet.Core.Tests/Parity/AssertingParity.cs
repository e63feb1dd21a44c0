using CxrNet.Core.Tests.Composition;

namespace CxrNet.Core.Tests.Parity;

public sealed class AssertingParity
{
    private static readonly GrayImage[] Images = [.. Enumerable.Range(0, 4).Select(static i => Scripted.Image(i / 4f))];

    [Fact]
    public void ModelsThatAgreePassInSilence() => ModelParity.Compare(new ScriptedClassifier(), new ScriptedClassifier(), Images).Require();

    [Fact]
    public void WhatDiffersIsSaidInOneLineWithWhatWasAllowed()
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => ModelParity.Compare(new ScriptedClassifier(), Shifted(2.5f), Images).Require());
        Assert.Equal("'scripted-1' and 'shifted-1' differ on 4 images: a logit by 2.5e+0 on image 3 (1e-4 allowed); the top finding of 1 images (0% allowed); 1 of 8 decisions (0% allowed).", error.Message);
        Assert.Equal("shifted-1", error.ModelId);
    }

    [Fact]
    public void EachLimitIsLookedAtUnlessItIsNull()
    {
        ParityTolerances none = new() { LogitDifference = null, MapDifference = null, TopFlipShare = null, DecisionFlipShare = null };
        ModelParity parity = ModelParity.Compare(new ScriptedClassifier(), Shifted(2.5f, map: 0.5f), Images);
        Assert.Empty(parity.Exceeding(none));
        Assert.Contains("a logit", Assert.Single(parity.Exceeding(none with { LogitDifference = 2.4f })), StringComparison.Ordinal);
        Assert.Empty(parity.Exceeding(none with { LogitDifference = 2.6f }));
        Assert.Contains("a probability", Assert.Single(parity.Exceeding(none with { ProbabilityDifference = 0.001f })), StringComparison.Ordinal);
        Assert.Contains("a map value by 5e-1", Assert.Single(parity.Exceeding(none with { MapDifference = 0.1f })), StringComparison.Ordinal);
        Assert.Contains("correlate", Assert.Single(parity.Exceeding(none with { LogitCorrelation = 0.99 })), StringComparison.Ordinal);
        Assert.Contains("1 images (24.9% allowed)", Assert.Single(parity.Exceeding(none with { TopFlipShare = 0.249 })), StringComparison.Ordinal);
        Assert.Empty(parity.Exceeding(none with { TopFlipShare = 0.25, DecisionFlipShare = 0.125 }));
        Assert.Contains("1 of 8", Assert.Single(parity.Exceeding(none with { DecisionFlipShare = 0.12 })), StringComparison.Ordinal);
    }

    [Fact]
    public void NoNumberPassesForAgreement()
    {
        CxrPrediction fine = new ScriptedClassifier().Classify(Images[0]), broken = fine with { Logits = [float.NaN, 0] };
        ModelParity parity = ModelParity.Compare([fine, fine], [fine, broken]);
        Assert.True(float.IsNaN(parity.MaxLogitDifference));
        Assert.Equal(1, parity.WorstImage);
        Assert.Contains("NaN", Assert.Throws<CxrModelException>(() => parity.Require()).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<CxrModelException>(() => parity.Require(ParityTolerances.LowerPrecision)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMapThatOneOfTheTwoDoesNotGiveIsADifference()
    {
        ModelParity parity = ModelParity.Compare(new ScriptedClassifier(), new ScriptedClassifier { Map = static _ => null }, Images);
        Assert.Null(parity.MaxMapDifference);
        Assert.Equal(4, parity.MissingMaps);
        Assert.Contains("the map of 4 images", Assert.Throws<CxrModelException>(() => parity.Require()).Message, StringComparison.Ordinal);
        ScriptedClassifier without = new() { Map = static _ => null };
        ModelParity.Compare(without, without, Images).Require();
    }

    [Fact]
    public void WithholdingIsADecisionToo()
    {
        ModelParity parity = ModelParity.Compare(new ScriptedClassifier(), new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinSide = 100 }), Images);
        Assert.Equal((4, 4, 0), (parity.Images, parity.TopFlips, parity.Decisions));
        ICxrClassifier both = new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinSide = 100 });
        ModelParity.Compare(both, both, Images).Require();
    }

    [Fact]
    public void BatchByBatchTheFiguresAreTheSame()
    {
        IReadOnlyList<CxrPrediction> first = new ScriptedClassifier().Classify(Images), second = Shifted(2.5f, 0.5f).Classify(Images);
        ParityTally tally = new();
        for (int i = 0; i < Images.Length; i += 3)
        {
            tally.Add([.. first.Skip(i).Take(3)], [.. second.Skip(i).Take(3)]);
        }

        Assert.Equal(ModelParity.Compare(first, second), tally.ToParity());
        Assert.Throws<ArgumentException>(() => new ParityTally().ToParity());
        Assert.Throws<ArgumentException>(() => tally.Add(first, []));
    }

    // At image 3 alone, enough for another finding on top: logits of 0.75 and 3 become 3.25 and 3.
    private static ScriptedClassifier Shifted(float by, float map = 0) => new(
        Scripted.Card with { Id = "shifted-1" },
        image => Scripted.Mean(image) > 0.7f ? [Scripted.Mean(image) + by, 4 * Scripted.Mean(image)] : [Scripted.Mean(image), 4 * Scripted.Mean(image)])
    {
        Map = image => new Heatmap(2, 2, [Scripted.Mean(image) + map, 0, 0, 1], image.Width, image.Height),
    };
}
