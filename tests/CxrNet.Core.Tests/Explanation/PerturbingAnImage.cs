namespace CxrNet.Core.Tests.Explanation;

public sealed class PerturbingAnImage
{
    private static readonly LinearClassifier Linear = new();
    private static readonly float[] Effect = Effects();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void OcclusionIsTheMeanFallOverTheSquaresThatCoverAPixel()
    {
        // 3 x 3 squares every 2 pixels: the last one is cut off at the border.
        Heatmap map = Explain(new OcclusionMap(Linear, new OcclusionOptions { Window = 3, Stride = 2, BatchSize = 5 }));
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                List<double> falls = [];
                for (int top = 0; top < 8; top += 2)
                {
                    for (int left = 0; left < 8; left += 2)
                    {
                        if (x >= left && x < left + 3 && y >= top && y < top + 3)
                        {
                            falls.Add(Enumerable.Range(0, 64).Where(i => i % 8 >= left && i % 8 < left + 3 && i / 8 >= top && i / 8 < top + 3).Sum(i => (double)Effect[i]));
                        }
                    }
                }

                Assert.Equal(falls.Average(), map.Values[(y * 8) + x], 1e-4);
            }
        }

        Assert.Equal(("occlusion", "first", true), (map.Method, map.Finding, map.IsSigned));
    }

    [Fact]
    public void PixelsThatNoSquareCoversHaveNoEvidence()
    {
        // At 0 and 5 and 10, of which the last is beyond the border.
        Heatmap map = Explain(new OcclusionMap(Linear, new OcclusionOptions { Window = 2, Stride = 5 }));
        Assert.Equal(16, map.Values.ToArray().Count(static v => v != 0));
        Assert.Equal(0, map.Values[3]);
    }

    [Fact]
    public void TakingARegionAwayCostsTheSumOfItsPixels()
    {
        Heatmap map = Explain(new FeatureAblationMap(Linear, new FeatureAblationOptions { Regions = ImageRegions.Patches(2, 4) }));
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(SumOfPatch(i), map.Values[i], 1e-4);
        }
    }

    [Fact]
    public void PixelsOfNoRegionStayAndGetNothing()
    {
        Heatmap map = Explain(new FeatureAblationMap(Linear, new FeatureAblationOptions { Regions = seen => [.. Enumerable.Range(0, seen.Pixels.Length).Select(i => i < 10 ? 0 : -1)] }));
        Assert.Equal(Effect.Take(10).Sum(), map.Values[9], 1e-4);
        Assert.All(map.Values[10..].ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void ABlurLeavesTheShadingAndTakesTheDetail()
    {
        // Dark on the left, bright on the right, and a pattern over both that a mean over 16 x 16 pixels does not see.
        const int Size = 32;
        ReadingClassifier classifier = new(Size);
        GrayImage image = new(Size, Size, [.. Enumerable.Range(0, Size * Size).Select(i => (i % Size < 16 ? 0.3f : 0.7f) + ((((i % Size) + (i / Size)) % 2 == 0) ? 0.1f : -0.1f))]);
        new FeatureAblationMap(classifier, new FeatureAblationOptions { Reference = PerturbationReference.Blur, Regions = ImageRegions.Patches(1, 1) }).Explain([image], "first", Token);
        float[] blurred = classifier.Last;
        Assert.Equal((0.3f, 0.7f), ((float)Math.Round(blurred[0], 4), (float)Math.Round(blurred[^1], 4)));
        for (int i = 0; i < blurred.Length; i++)
        {
            Assert.Equal(blurred[i % Size], blurred[i], 1e-5);
            Assert.True(i % Size == 0 || blurred[i] >= blurred[i - 1] - 1e-6);
        }
    }

    [Theory, InlineData(PerturbationReference.Blur), InlineData(PerturbationReference.Mean), InlineData(PerturbationReference.Zero)]
    public void InterleavedChannelsHaveTheReferenceOfPlanes(PerturbationReference kind)
    {
        const int Width = 40, Height = 24;
        CardInput planes = new() { Width = Width, Height = Height, Channels = 3, Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.3f, 0.4f] } };
        GrayImage image = new(Width, Height, [.. Enumerable.Range(0, Width * Height).Select(static i => ((i * 37) % 101) / 100f)]);
        float[] apart = Reference(planes), together = Reference(planes with { Layout = TensorLayout.Nhwc });
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(apart[(i % 3 * Width * Height) + (i / 3)], together[i]);
        }

        float[] Reference(CardInput input)
        {
            ReadingClassifier classifier = new(input);
            new FeatureAblationMap(classifier, new FeatureAblationOptions { Reference = kind, Regions = ImageRegions.Patches(1, 1) }).Explain([image], "first", Token);
            return classifier.Last;
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(120)]
    public void ShapleyValuesOfASumAreItsTermsEnumeratedOrDrawn(int samples)
    {
        Heatmap map = Explain(new KernelShapMap(Linear, new SurrogateOptions { Samples = samples, Regions = ImageRegions.Patches(2, 4) }));
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(SumOfPatch(i), map.Values[i], 1e-3);
        }
    }

    [Fact]
    public void ShapleyValuesOfAnInteractionAreTheMeanOverAllOrders()
    {
        LinearClassifier classifier = new(interacting: true);
        Heatmap map = Explain(new KernelShapMap(classifier, new SurrogateOptions { Samples = 16, Reference = PerturbationReference.Zero, Regions = ImageRegions.Patches(2, 2) }));
        for (int patch = 0; patch < 4; patch++)
        {
            double expected = 0;
            foreach (int[] order in Orders([0, 1, 2, 3]))
            {
                int[] before = [.. order.TakeWhile(p => p != patch)];
                expected += (Score([.. before, patch]) - Score(before)) / 24.0;
            }

            Assert.Equal(expected, map.Values[(patch / 2 * 4 * 8) + (patch % 2 * 4)], 1e-4);
        }

        double Score(int[] kept) => classifier.First([.. Enumerable.Range(0, 64).Select(i => kept.Contains((i / 32 * 2) + (i % 8 / 4)) ? LinearClassifier.Image.Pixels[i] : 0)]);
    }

    [Fact]
    public void LimeFindsTheTermsOfASum()
    {
        Heatmap map = Explain(new LimeMap(Linear, new LimeOptions { Samples = 600, Ridge = 1e-9, Regions = ImageRegions.Patches(2, 4) }));
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(SumOfPatch(i), map.Values[i], 1e-3);
        }
    }

    [Fact]
    public void RiseIsTheWeightedMeanOfItsMasks()
    {
        float[][] masks = [.. Enumerable.Range(0, 6).Select(m => Enumerable.Range(0, 64).Select(i => 0.5f + (0.5f * MathF.Sin((m * 13) + i))).ToArray())];
        Heatmap map = Explain(new RiseMap(Linear, new RiseOptions { GivenMasks = masks, Score = ExplainedScore.Logit, Reference = PerturbationReference.Zero, BatchSize = 4, KeepShare = 0.4 }));
        for (int i = 0; i < 64; i++)
        {
            double expected = masks.Average(m => Linear.First([.. m.Select((v, p) => v * LinearClassifier.Image.Pixels[p])]) * (double)m[i]) / 0.4;
            Assert.Equal(expected, map.Values[i], 1e-4);
        }
    }

    [Fact]
    public void RiseStopsOnceItHasConverged()
    {
        List<ExplanationProgress> told = [];
        RiseOptions options = new() { Masks = 20_000, Cells = 4, Score = ExplainedScore.Logit, Progress = new Listener(told), StopAtReliability = 0.9 };
        Heatmap early = Explain(new RiseMap(Linear, options));
        Assert.InRange(told[^1].Done, 256, 19_000);
        Assert.Equal(20_000, told[^1].Total);
        told.Clear();
        Explain(new RiseMap(Linear, options with { Masks = 1000, StopAtReliability = null }));
        Assert.Equal(1000, told[^1].Done);
        Assert.True(early.Values.Length == 64);
    }

    [Fact]
    public void RiseTellsHowManyMasksItUsedAndHowReliableTheMapIs()
    {
        RiseOptions options = new() { Masks = 20_000, Cells = 4, Score = ExplainedScore.Logit, StopAtReliability = 0.999 };
        using RiseMap map = new(Linear, options);
        RiseEstimate converged = Assert.Single(map.Estimate([LinearClassifier.Image], "first", Token));
        Assert.InRange(converged.Masks, 256, 19_000);
        Assert.InRange(converged.Reliability, 0.999, 1);
        Assert.Equal(Explain(new RiseMap(Linear, options)).Values.ToArray(), converged.Map.Values.ToArray());

        using RiseMap few = new(Linear, options with { Masks = 40 });
        RiseEstimate ranOut = Assert.Single(few.Estimate([LinearClassifier.Image], "first", Token));
        Assert.Equal(40, ranOut.Masks);
        Assert.InRange(ranOut.Reliability, 0, 0.999);
    }

    [Theory, InlineData(1), InlineData(100), InlineData(300)]
    public void TheBatchSizeDoesNotSayWhenRiseHasConverged(int batch)
    {
        RiseOptions options = new() { Masks = 20_000, Cells = 4, Score = ExplainedScore.Logit, StopAtReliability = 0.999 };
        using RiseMap usual = new(Linear, options), other = new(Linear, options with { BatchSize = batch });
        RiseEstimate expected = usual.Estimate([LinearClassifier.Image], "first", Token)[0], found = other.Estimate([LinearClassifier.Image], "first", Token)[0];
        Assert.Equal(expected.Masks, found.Masks);
        Assert.All(expected.Map.Values.ToArray().Zip(found.Map.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void ARandomMapHitsAsOftenAsChanceAndIsTheSameForTheSameImage()
    {
        GrayImage[] images = [.. Enumerable.Range(0, 400).Select(n => new GrayImage(8, 8, [.. Enumerable.Range(0, 64).Select(i => i == n % 64 ? n / 400f : 0.5f)]))];
        using RandomMap map = new(Linear);
        IReadOnlyList<Heatmap> maps = map.Explain(images, "first", Token);

        // A quarter of the pixels; three deviations of a binomial.
        double hits = maps.Average(m => m.Values.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(m.Values)) < 16 ? 1.0 : 0);
        Assert.Equal(0.25, hits, 3 * Math.Sqrt(0.25 * 0.75 / images.Length));
        Assert.Equal(maps[7].Values.ToArray(), map.Explain([images[7]], "first", Token)[0].Values.ToArray());
        using RandomMap other = new(Linear, seed: 2);
        Assert.NotEqual(maps[7].Values.ToArray(), other.Explain([images[7]], "first", Token)[0].Values.ToArray());
    }

    [Fact]
    public void ScoresAndMapsThatAreNoNumbersAreNoAnswer()
    {
        foreach (Func<ICxrClassifier, IExplanationMap> make in (Func<ICxrClassifier, IExplanationMap>[])[c => new RandomMap(c), c => new OcclusionMap(c), c => new RiseMap(c), c => new FeatureAblationMap(c)])
        {
            using IExplanationMap map = make(new ConstantTensorClassifier(_ => float.NaN));
            Assert.Contains("NaN as the logit of 'first'", Assert.Throws<CxrModelException>(() => map.Explain([LinearClassifier.Image], cancellationToken: Token)).Message, StringComparison.Ordinal);
        }

        // Each score is a number, and their difference is none.
        using OcclusionMap wide = new(new ConstantTensorClassifier(call => call == 0 ? 3e38f : -3e38f));
        Assert.Contains("no finite numbers", Assert.Throws<CxrModelException>(() => wide.Explain([LinearClassifier.Image], "first", Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGuardThatWithholdsAChangedImageIsNamedInPlaceOfAMap()
    {
        // The guard refuses images below 64 pixels a side, and every changed image has the network's 8.
        using GuardedClassifier guarded = new LinearClassifier().WithGuard(new GuardOptions { Unlike = false });
        using OcclusionMap map = new(guarded);
        CxrModelException error = Assert.Throws<CxrModelException>(() => map.Explain([LinearClassifier.Image], "first", Token));
        Assert.Equal("linear", error.ModelId);
        Assert.Contains("withheld the findings of a changed image", error.Message, StringComparison.Ordinal);
        Assert.Contains("explain the classifier inside the guard", error.Message, StringComparison.Ordinal);
        Assert.Contains("8 x 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameSeedDrawsTheSameMasksAndAnotherOthers()
    {
        RiseOptions options = new() { Masks = 64, StopAtReliability = null };
        float[] one = Explain(new RiseMap(Linear, options)).Values.ToArray();
        Assert.Equal(one, Explain(new RiseMap(Linear, options with { BatchSize = 7 })).Values.ToArray().Select((v, i) => Math.Abs(v - one[i]) < 1e-5 ? one[i] : v));
        Assert.NotEqual(one, Explain(new RiseMap(Linear, options with { Seed = 2 })).Values.ToArray());
    }

    [Fact]
    public void AMaskKeepsTheShareThatWasAskedFor()
    {
        RiseMasks masks = new(37, 23, new RiseOptions { Cells = 5, KeepShare = 0.3 });
        float[] mask = new float[37 * 23];
        double sum = 0;
        for (int i = 0; i < 400; i++)
        {
            masks.Draw(mask);
            Assert.All(mask, v => Assert.InRange(v, 0, 1));
            sum += mask.Average();
        }

        Assert.Equal(0.3, sum / 400, 0.02);
    }

    [Fact]
    public void ReadyInputsGiveTheSameMapAsImages()
    {
        LinearTensorClassifier direct = new(Linear);
        float[] images = Explain(new OcclusionMap(Linear)).Values.ToArray();
        float[] inputs = Explain(new OcclusionMap(direct)).Values.ToArray();
        Assert.True(direct.Inputs > 1);
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(images[i], inputs[i], 1e-5);
        }
    }

    [Fact]
    public void TheTopFindingIsExplainedAndAnUntrainedOutputNever()
    {
        // The untrained output has the highest logit of all.
        using RandomMap map = new(new LinearTensorClassifier(Linear));
        string expected = Linear.First(LinearClassifier.Image.Pixels) > 0 ? "first" : "second";
        Assert.Equal(expected, map.Explain([LinearClassifier.Image], cancellationToken: Token)[0].Finding);
        Assert.Throws<ArgumentException>(() => map.Explain([LinearClassifier.Image], "", Token));
    }

    [Fact]
    public void TheProbabilityLeavesUntrainedOutputsOut()
    {
        float logit = Linear.First(LinearClassifier.Image.Pixels);
        FeatureAblationOptions options = new() { Score = ExplainedScore.Probability, Reference = PerturbationReference.Zero, Regions = ImageRegions.Patches(1, 1) };
        Heatmap map = Explain(new FeatureAblationMap(new LinearTensorClassifier(Linear), options));
        double Probability(double z) => 1 / (1 + Math.Exp(-2 * z));
        Assert.Equal(Probability(logit) - Probability(0.25), map.Values[0], 1e-5);
    }

    [Fact]
    public void OptionsThatMakeNoSenseAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcclusionMap(Linear, new OcclusionOptions { Stride = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RiseMap(Linear, new RiseOptions { KeepShare = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RiseMap(Linear, new RiseOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RiseMap(Linear, new RiseOptions { StopAtReliability = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimeMap(Linear, new LimeOptions { Samples = 0 }));
        Assert.Contains("64", Assert.Throws<ArgumentException>(() => Explain(new RiseMap(Linear, new RiseOptions { GivenMasks = [[1, 2]] }))).Message, StringComparison.Ordinal);
        Assert.Contains("one or more expected", Assert.Throws<ArgumentException>(() => new RiseMap(Linear, new RiseOptions { GivenMasks = [] })).Message, StringComparison.Ordinal);
        Assert.Contains("Mask 1 is null", Assert.Throws<ArgumentException>(() => new RiseMap(Linear, new RiseOptions { GivenMasks = [new float[64], null!] })).Message, StringComparison.Ordinal);
        Assert.Contains("no pixel has number 0", Assert.Throws<ArgumentException>(() => Explain(new FeatureAblationMap(Linear, new FeatureAblationOptions { Regions = seen => [.. seen.Pixels.ToArray().Select(_ => 1)] }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CancellingStopsBetweenBatches()
    {
        using CancellationTokenSource source = new();
        RiseOptions options = new() { Progress = new Stopper(source) };
        LinearClassifier classifier = new();
        using RiseMap map = new(classifier, options);
        Assert.ThrowsAny<OperationCanceledException>(() => map.Explain([LinearClassifier.Image], cancellationToken: source.Token));
        Assert.Equal(1 + options.BatchSize, classifier.Images);
    }

    private static Heatmap Explain(IExplanationMap map)
    {
        using (map)
        {
            return map.Explain([LinearClassifier.Image], "first", Token)[0];
        }
    }

    private static double SumOfPatch(int pixel) => Enumerable.Range(0, 64).Where(i => i / 32 == pixel / 32 && i % 8 / 2 == pixel % 8 / 2).Sum(i => (double)Effect[i]);

    // What a pixel adds over the image's mean, the default reference.
    private static float[] Effects()
    {
        float mean = LinearClassifier.Image.Pixels.ToArray().Average();
        return [.. Enumerable.Range(0, 64).Select(i => LinearClassifier.Weights[i] * (LinearClassifier.Image.Pixels[i] - mean))];
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 1 ? [items] : items.SelectMany(first => Orders([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));

    private sealed class Listener(List<ExplanationProgress> told) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => told.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource source) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => source.Cancel();
    }
}
