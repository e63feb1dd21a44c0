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
    public void BlankingLeavesTheOneOrTheOther()
    {
        GrayImage image = new(2, 2, [0, 1, 0.5f, 0.5f]);
        LungMask lungs = new(2, 2, [1, 0, 0, 1]);
        Assert.Equal([0.5f, 1, 0.5f, 0.5f], LungBlanking.WithoutLungs(image, lungs).Pixels.ToArray());
        Assert.Equal([0, 0.5f, 0.5f, 0.5f], LungBlanking.LungsAlone(image, lungs).Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => LungBlanking.LungsAlone(image, new LungMask(1, 1, [1])));
    }
}
