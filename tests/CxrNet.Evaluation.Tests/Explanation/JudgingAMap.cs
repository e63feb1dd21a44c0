using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class JudgingAMap
{
    private static readonly Gen<float[]> Maps = Gen.Float[-1, 1].Array[144];
    private static readonly BinaryMask Box = new(12, 12, [.. Enumerable.Range(0, 144).Select(i => i % 12 is > 3 and < 8 && i / 12 is > 3 and < 9)]);

    [Fact]
    public void ScalingAMapChangesNoLocalisationFigure() =>
        Maps.Sample(map =>
        {
            float[] scaled = Array.ConvertAll(map, v => 4 * v);
            Assert.Equal(EnergyShare.In(map, Box).Share, EnergyShare.In(scaled, Box).Share, 12);
            Assert.Equal(PixelRanking.Of(map, Box), PixelRanking.Of(scaled, Box));
            Assert.Equal(PointingGame.Of(map, Box), PointingGame.Of(scaled, Box));
            Assert.Equal(MapOverlap.Top(map, Box, 20), MapOverlap.Top(scaled, Box, 20));
            Assert.Equal(MapComplexity.Gini(map), MapComplexity.Gini(scaled), 12);
            Assert.Equal(MapComplexity.Entropy(map), MapComplexity.Entropy(scaled), 9);
        });

    [Fact]
    public void TheZonesSharesAddUpToTheWhole() =>
        Maps.Sample(map =>
        {
            IReadOnlyDictionary<int, EnergyShare> zones = EnergyShare.ByZone(map, LungZones.Of(Box));
            Assert.Equal(1, zones.Values.Sum(z => z.Share), 9);
            Assert.Equal(1, zones.Values.Sum(z => z.BaseRate), 12);
            Assert.Equal(EnergyShare.In(map, Box).Outside, zones[0].Share, 9);
        });

    [Fact]
    public void TheMaskAsAMapIsPerfect()
    {
        float[] map = [.. Box.Pixels.ToArray().Select(p => p ? 1f : 0)];
        Assert.Equal(1, EnergyShare.In(map, Box).Share);
        Assert.Equal((double)Box.Count / 144, EnergyShare.In(map, Box).BaseRate);
        Assert.Equal(1, PixelRanking.Of(map, Box).AveragePrecision);
        Assert.Equal(1, MapOverlap.RelevanceRankAccuracy(map, Box));
        Assert.True(PointingGame.Of(map, Box).IsHit());
    }

    [Fact]
    public void AMapOfZerosHasNoEnergyAndANaNIsRefused()
    {
        Assert.True(double.IsNaN(EnergyShare.In(new float[144], Box).Share));
        Assert.True(double.IsNaN(MapComplexity.Gini(new float[144])));
        Assert.True(double.IsNaN(MapComplexity.Entropy(new float[144])));
        float[] broken = new float[144];
        broken[5] = float.NaN;
        Assert.Contains("Value 5 is NaN", Assert.Throws<ArgumentException>(() => EnergyShare.In(broken, Box)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMapIsLikeItselfAndUnlikeItsNegative() =>
        Maps.Sample(map =>
        {
            MapComparison same = MapComparison.Of(map, map, 12, 12);
            Assert.Equal(1, same.Spearman, 9);
            Assert.Equal(1, same.SsimUniform, 9);
            Assert.Equal(1, same.SsimGaussian, 9);
            Assert.Equal(0, same.MaxDifference);
            Assert.Equal(-1, MapCorrelation.Pearson(map, Array.ConvertAll(map, v => -v)), 9);
        });

    [Fact]
    public void PixelsAreOrderedDescendingAndEqualOnesAsTheyStand() =>
        Gen.Int[-3, 3].Array[1, 50].Sample(values =>
        {
            float[] map = Array.ConvertAll(values, v => v / 2f);
            Assert.Equal([.. Enumerable.Range(0, map.Length).OrderByDescending(i => map[i])], MapGuard.Descending(map));
        });

    [Fact]
    public void DeletionAndInsertionOfALinearScoreFollowThePixelsOrder()
    {
        GrayImage image = new(4, 4, [.. Enumerable.Range(0, 16).Select(i => (float)i)]);
        CausalOptions options = new() { PixelsPerStep = 5, BatchSize = 2, Reference = x => ReferenceImages.Constant(x, 0) };
        CausalCurve deletion = CausalMetric.Deletion(Sum, image, image.Pixels, options, TestContext.Current.CancellationToken);
        Assert.Equal([120, 55, 15, 0, 0], deletion.Scores);
        Assert.Equal((120 / 2.0 + 55 + 15) / 4, deletion.Area);
        CausalCurve insertion = CausalMetric.Insertion(Sum, image, image.Pixels, options, TestContext.Current.CancellationToken);
        Assert.Equal([0, 65, 105, 120, 120], insertion.Scores);
    }

    [Fact]
    public void RemovedPixelsBecomeTheWeightedMeanOfTheirNeighbours() =>
        Gen.Select(Gen.Float[0, 1].Array[144], Gen.Bool.Array[144]).Sample((pixels, removed) =>
        {
            if (!removed.Contains(false))
            {
                return;
            }

            GrayImage filled = RoadImputation.Fill(new GrayImage(12, 12, pixels), removed);
            for (int i = 0; i < 144; i++)
            {
                (double sum, double weight) = (0, 0);
                for (int dy = -1; dy <= 1; dy++)
                {
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        (int x, int y) = ((i % 12) + dx, (i / 12) + dy);
                        if ((dx != 0 || dy != 0) && x is >= 0 and < 12 && y is >= 0 and < 12)
                        {
                            double w = dx == 0 || dy == 0 ? 1.0 / 6 : 1.0 / 12;
                            sum += w * filled.Pixels[(y * 12) + x];
                            weight += w;
                        }
                    }
                }

                Assert.Equal(removed[i] ? sum / weight : pixels[i], filled.Pixels[i], 1e-5);
            }
        }, iter: 50);

    [Theory]
    [InlineData(20, 115)]
    [InlineData(80, 29)]
    [InlineData(0, 144)]
    public void APercentileTakesAsManyPixelsOfEveryMap(double percentile, int expected)
    {
        // A rectified map that is 0 almost everywhere, the same negated, a flat one, and one of 144 values.
        float[] rectified = [.. Enumerable.Range(0, 144).Select(i => i > 139 ? i : 0f)];
        foreach (float[] map in new[] { rectified, Array.ConvertAll(rectified, v => -v), new float[144], [.. Enumerable.Range(0, 144).Select(i => (float)i)] })
        {
            bool[] removed = Road.RemovedAt(map, percentile);
            Assert.Equal(expected, removed.Count(r => r));
            Assert.True(Enumerable.Range(0, 144).Where(i => removed[i]).Min(i => map[i]) >= Enumerable.Range(0, 144).Where(i => !removed[i]).Select(i => map[i]).DefaultIfEmpty(float.NegativeInfinity).Max());
        }
    }

    [Fact]
    public void TheScaleOfAMapChangesNothingOfRoad() =>
        Gen.Shuffle(Enumerable.Range(-60, 144).ToArray()).Sample(order =>
        {
            GrayImage image = new(12, 12, [.. order.Select(i => 0.5f + (0.4f * MathF.Sin(i)))]);
            float[] map = Array.ConvertAll(order, v => v / 100f);
            RoadResult one = Road.Of(Weighted, image, map, cancellationToken: TestContext.Current.CancellationToken);
            foreach (float scale in new[] { 1e-8f, 1e-3f, 1e3f })
            {
                RoadResult scaled = Road.Of(Weighted, image, Array.ConvertAll(map, v => v * scale), cancellationToken: TestContext.Current.CancellationToken);
                Assert.Equal(one.MostRelevantFirst, scaled.MostRelevantFirst);
                Assert.Equal(one.LeastRelevantFirst, scaled.LeastRelevantFirst);
            }
        }, iter: 5);

    [Fact]
    public void PercentilesThatAreNoneAreRefused()
    {
        GrayImage image = new(12, 12, new float[144]);
        foreach (double[] percentiles in new double[][] { [], [140], [20, -1], [double.NaN] })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Road.Of(Sum, image, new float[144], new RoadOptions { Percentiles = percentiles }, TestContext.Current.CancellationToken));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Road.RemovedAt(new float[4], 101));
    }

    [Fact]
    public void MapsOfOtherGridsAreNotCompared()
    {
        Heatmap wide = new(32, 16, new float[512], 64, 64), high = new(16, 32, new float[512], 64, 64);
        Assert.Contains("16 x 32", Assert.Throws<ArgumentException>(() => MapComparison.Of(wide, high)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithEverythingRemovedOnlyTheMeanIsLeft() =>
        Assert.All(RoadImputation.Fill(new GrayImage(2, 1, [0, 1]), [true, true]).Pixels.ToArray(), p => Assert.Equal(0.5f, p));

    [Fact]
    public void TheExactAttributionOfALinearScoreHasNoInfidelity()
    {
        GrayImage image = new(3, 3, [.. Enumerable.Range(0, 9).Select(i => i / 9f)]);
        float[] ones = [.. Enumerable.Repeat(1f, 9)];
        IReadOnlyList<float[]> noise = Perturbations.Noise(image, 6);
        Assert.Equal(0, Infidelity.Of(Sum, image, ones, noise, cancellationToken: TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(0, Infidelity.Of(Sum, image, Array.ConvertAll(ones, v => 7 * v), noise, normalize: true, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(0, MaxSensitivity.Of(images => [.. images.Select(_ => ones)], image, noise));
    }

    [Fact]
    public void ConfidenceDropsAndRisesAsInTheFormulas()
    {
        ConfidenceChange change = ConfidenceChange.From([0.8, 0.5, 0], [0.4, 0.75, 0.1]);
        Assert.Equal(0.25, change.AverageDrop, 12);
        Assert.Equal(2.0 / 3, change.Increase, 12);
        Assert.Equal((0 + 0.5 + 0.1) / 3, change.AverageGain, 12);
    }

    private static double[] Weighted(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) => [.. images.Select(i => i.Pixels.ToArray().Select((p, n) => p * Math.Cos(n)).Sum())];

    private static double[] Sum(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) => [.. images.Select(i => i.Pixels.ToArray().Sum(p => (double)p))];
}
