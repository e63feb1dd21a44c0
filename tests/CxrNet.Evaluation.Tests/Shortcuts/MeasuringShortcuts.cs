namespace CxrNet.Evaluation.Tests.Shortcuts;

public sealed class MeasuringShortcuts
{
    [Fact]
    public void ARegressionFindsALineBetweenThreeClouds()
    {
        Random random = new(1);
        int[] truth = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        double[][] rows = [.. truth.Select(t => new[] { (t == 1 ? 3 : 0) + random.NextDouble(), (t == 2 ? 50 : 0) + (10 * random.NextDouble()), random.NextDouble() })];

        LogisticRegression model = LogisticRegression.Fit(rows, truth, ["a", "b", "c"]);

        Assert.Equal(truth, model.Logits(rows).ArgMax());
        ScoreTable far = model.Logits([[3.5, 5, 0.5]]);
        Assert.Equal(1, far.ArgMax()[0]);
    }

    [Fact]
    public void ARegressionOnNoiseGivesTheClassesTheSameChance()
    {
        // Nine of ten are 'a'; balanced weights keep the rare class from being forgotten.
        Random random = new(2);
        int[] truth = [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? 1 : 0)];
        double[][] rows = [.. truth.Select(_ => new[] { random.NextDouble() })];
        ScoreTable chances = LogisticRegression.Fit(rows, truth, ["a", "b"]).Logits(rows).Softmax();
        Assert.InRange(chances.Column(1).Average(), 0.45, 0.55);
    }

    [Fact]
    public void RowsOfAnotherLengthAreRefused() =>
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1.0], [1.0, 2]], [0, 1], ["a", "b"]));

    [Fact]
    public void CuesDescribeBordersAndExposure()
    {
        // A white frame of 16 of 128 pixels around a dark field.
        GrayImage framed = new(128, 128, [.. Enumerable.Range(0, 128 * 128).Select(i => i % 128 is < 16 or >= 112 || i / 128 is < 16 or >= 112 ? 1f : 0.2f)]);
        double[] cues = SourceCues.Of(framed);
        double Cue(string name) => cues[SourceCues.Names.ToList().IndexOf(name)];

        Assert.Equal(SourceCues.Names.Count, cues.Length);
        double inner = 96.0 * 96 / (128 * 128);
        Assert.Equal((0.2 * inner) + 1 - inner, Cue("mean"), 1e-4);
        Assert.Equal(1 - inner, Cue("share white"), 1e-4);
        Assert.Equal(1, Cue("border top mean"), 1e-6);
        Assert.Equal(0, Cue("border left deviation"), 1e-6);
        Assert.Equal(1, Cue("corner bottom right"), 1e-6);
    }

    [Fact]
    public void CuesOutsideTheLungsDoNotSeeTheLungs()
    {
        float[] dark = [.. Enumerable.Repeat(0.5f, 128 * 128)];
        float[] bright = [.. dark];
        float[] mask = new float[128 * 128];
        for (int y = 40; y < 90; y++)
        {
            for (int x = 30; x < 60; x++)
            {
                bright[(y * 128) + x] = 1;
                mask[(y * 128) + x] = 1;
            }
        }

        LungMask lungs = new(128, 128, mask);
        Assert.Equal(SourceCues.Of(new GrayImage(128, 128, dark), lungs), SourceCues.Of(new GrayImage(128, 128, bright), lungs));
        Assert.NotEqual(SourceCues.Of(new GrayImage(128, 128, dark)), SourceCues.Of(new GrayImage(128, 128, bright)));
    }

    [Fact]
    public void LungsThatReachTheBorderOrACornerAreNotSeenThereEither()
    {
        float[] dark = [.. Enumerable.Range(0, 128 * 128).Select(static i => 0.4f + (0.001f * (i % 7)))];
        float[] mask = [.. Enumerable.Range(0, 128 * 128).Select(static i => i % 128 < 20 || i / 128 < 12 ? 1f : 0)];
        float[] bright = [.. dark.Zip(mask, static (p, m) => m > 0 ? 1 : p)];

        LungMask lungs = new(128, 128, mask);
        Assert.Equal(SourceCues.Of(new GrayImage(128, 128, dark), lungs), SourceCues.Of(new GrayImage(128, 128, bright), lungs));
    }

    [Fact]
    public void WhatIsTakenOutIsZeroForANetworkThatStandardizesItsInput()
    {
        // Dark lungs in a bright body, as in a radiograph.
        LungMask lungs = new(64, 64, [.. Enumerable.Range(0, 64 * 64).Select(static i => i % 64 is > 10 and < 28 && i / 64 is > 12 and < 50 ? 1f : 0)]);
        GrayImage image = new(64, 64, [.. Enumerable.Range(0, 64 * 64).Select(i => (lungs.Probabilities[i] > 0 ? 0.2f : 0.7f) + (0.01f * (i % 5)))]);
        foreach ((GrayImage blanked, bool lungsAreLeft) in new[] { (LungBlanking.WithoutLungs(image, lungs), false), (LungBlanking.LungsAlone(image, lungs), true) })
        {
            float[] pixels = blanked.Pixels.ToArray();
            double mean = pixels.Average(static p => (double)p), deviation = Math.Sqrt(pixels.Average(p => (p - mean) * (p - mean)));
            Assert.All(Enumerable.Range(0, pixels.Length).Where(i => lungs.Probabilities[i] > 0 != lungsAreLeft), i => Assert.Equal(0, (pixels[i] - mean) / deviation, 1e-5));
        }
    }

    [Fact]
    public void BlankingLeavesTheOneOrTheOther()
    {
        GrayImage image = new(2, 2, [0, 1, 0.5f, 0.5f]);
        LungMask lungs = new(2, 2, [1, 0, 0, 1]);
        Assert.Equal([0.75f, 1, 0.5f, 0.75f], LungBlanking.WithoutLungs(image, lungs).Pixels.ToArray());
        Assert.Equal([0, 0.25f, 0.25f, 0.5f], LungBlanking.LungsAlone(image, lungs).Pixels.ToArray());
        Assert.Equal(4, LungBlanking.LungsAlone(image, new LungMask(2, 2, [0, 0, 0, 0])).Pixels.Length);
        Assert.Throws<ArgumentException>(() => LungBlanking.LungsAlone(image, new LungMask(1, 1, [1])));
    }
}
