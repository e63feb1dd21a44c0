namespace CxrNet.Evaluation.Tests;

public sealed class JudgingMethods
{
    private const int Side = 16;
    private static readonly GrayImage Image = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => InSpot(i) ? 0.9f : 0.3f + (0.01f * (i % 7)))]);
    private static readonly BinaryMask Spot = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(InSpot)]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void AMapThatShowsTheSpotTheNetworkReadsBeatsOneThatShowsTheRest()
    {
        SpotClassifier classifier = new();
        MapCase mapCase = new(Image, "spot") { Lungs = new BinaryMask(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 8)]), Lesion = Spot };
        MapFigures right = MapJudge.Judge(classifier, new FixedMap(i => InSpot(i) ? 1 : 0), mapCase, out _, new MapJudgeOptions { Steps = 16, Repeat = true, SensitivitySamples = 2 }, Token);
        MapFigures wrong = MapJudge.Judge(classifier, new FixedMap(i => InSpot(i) ? 0 : 1), mapCase, out _, new MapJudgeOptions { Steps = 16 }, Token);
        foreach (MapMetric metric in MapJudge.Metrics.Where(m => m.Better != 0 && m.Name is "insertion" or "deletion" or "road" or "average_drop" or "infidelity" or "lesion_energy" or "lesion_pointing" or "lesion_auprc" or "lesion_iou"))
        {
            Assert.True(metric.Better * (right.Values[metric.Name] - wrong.Values[metric.Name]) > 0, $"{metric.Name}: {right.Values[metric.Name]} against {wrong.Values[metric.Name]}");
        }

        Assert.Equal((1.0, 1.0, 1.0, 1.0), (right.Values["lesion_energy"], right.Values["lesion_auprc"], right.Values["lesion_iou"], right.Values["lung_energy"]));
        Assert.Equal(16 / 256.0, right.Values["lesion_base_rate"], 1e-9);
        Assert.Equal(1, Enumerable.Range(1, 6).Sum(z => right.Values[$"zone_{z}"]), 1e-9);
        Assert.Equal((0.0, 0.0), (right.Values["repeat_difference"], right.Values["max_sensitivity"]));
        Assert.Equal(17, right.Insertion!.Scores.Count);
    }

    [Fact]
    public void AFloorBelowAMapIsNoEvidence()
    {
        MapCase mapCase = new(Image, "spot") { Lesion = Spot };
        MapFigures plain = MapJudge.Judge(new SpotClassifier(), new FixedMap(i => InSpot(i) ? 1 : 0), mapCase, out _, new MapJudgeOptions { Steps = 4 }, Token);
        MapFigures lifted = MapJudge.Judge(new SpotClassifier(), new FixedMap(i => InSpot(i) ? 6 : 5), mapCase, out _, new MapJudgeOptions { Steps = 4 }, Token);
        Assert.Equal(plain.Values["lesion_energy"], lifted.Values["lesion_energy"], 1e-6);
    }

    [Fact]
    public void ANetworksOwnMapHasNoFloor()
    {
        BinaryMask left = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 8)]);
        MapCase mapCase = new(Image, "spot") { Lungs = left };
        double own = MapJudge.Judge(new SpotClassifier(), new FixedMap(i => i % Side < 8 ? 0.6f : 0.2f, "network"), mapCase, out Heatmap heatmap, new MapJudgeOptions { Steps = 4 }, Token).Values["lung_energy"];
        double other = MapJudge.Judge(new SpotClassifier(), new FixedMap(i => i % Side < 8 ? 0.6f : 0.2f), mapCase, out _, new MapJudgeOptions { Steps = 4 }, Token).Values["lung_energy"];
        Assert.Equal((0.75, 1.0), (Math.Round(own, 6), other));

        // The same as the alarm says of it.
        LungMask lungs = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 8 ? 1f : 0f)]);
        Assert.Equal(1 - own, ShortcutAlarm.OutsideShare(heatmap, lungs), 1e-6);
    }

    [Fact]
    public void SensitivityIsThatOfTheNetworksResolutionWhateverTheFilesSize()
    {
        GrayImage large = new(8 * Side, 8 * Side, [.. Enumerable.Range(0, 64 * Side * Side).Select(i => Image.Pixels[(i / (8 * Side) / 8 * Side) + (i % (8 * Side) / 8)])]);
        double small = Of(Image), fromLarge = Of(large);
        Assert.True(small > 0.001);
        Assert.Equal(small, fromLarge, 0.1 * small);

        static double Of(GrayImage image) => MapJudge.Judge(new SpotClassifier(), new ImageItself(), new MapCase(image, "spot"), out _, new MapJudgeOptions { Steps = 4, SensitivitySamples = 4 }, Token).Values["max_sensitivity"];
    }

    [Fact]
    public void CurvesStartFromTheReferencesOfTheOptions()
    {
        MapCase mapCase = new(Image, "spot");
        static GrayImage Flat(GrayImage plane, float value) => new(plane.Width, plane.Height, [.. Enumerable.Repeat(value, plane.Pixels.Length)]);
        MapJudgeOptions options = new() { Steps = 4, InsertionReference = p => Flat(p, 0.6f), DeletionReference = p => Flat(p, 1) };
        MapFigures found = MapJudge.Judge(new SpotClassifier(), new FixedMap(i => InSpot(i) ? 1 : 0), mapCase, out _, options, Token);

        // The spot's mean of 0.6 is a logit of 0, 1 is one of 4.
        Assert.Equal(0.5, found.Insertion!.Scores[0], 1e-5);
        Assert.Equal(1 / (1 + Math.Exp(-4)), found.Deletion!.Scores[^1], 1e-5);
    }

    [Fact]
    public void InfidelityIsTheSameWhateverNumbersTheNetworkReads()
    {
        double unit = Of(InputNormalization.UnitRange), wide = Of(new InputNormalization { Kind = NormalizationKind.Range, Min = -1024, Max = 1024 });
        Assert.True(unit > 0);
        Assert.Equal(unit, wide, 1e-3 * unit);

        // A map that is right in part, so that some error is left.
        static double Of(InputNormalization normalization) =>
            MapJudge.Judge(new SpotClassifier(normalization), new FixedMap(i => i % Side < 4 ? 1 : 0), new MapCase(Image, "spot"), out _, new MapJudgeOptions { Steps = 4 }, Token).Values["infidelity"];
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        foreach (MapJudgeOptions options in (MapJudgeOptions[])[new() { Steps = 0 }, new() { InfidelitySamples = -3 }, new() { SensitivitySamples = -1 }, new() { InfidelityNoise = 0 }, new() { InfidelityNoise = double.NaN }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => MapJudge.Judge(new SpotClassifier(), new ImageItself(), new MapCase(Image, "spot"), out _, options, Token));
        }
    }

    [Fact]
    public void RepeatabilityIsOneComparisonForEachRepeatAndImage()
    {
        IReadOnlyList<MapComparison> same = Repeatability.Of(new ImageItself(), [Image, Image], repeats: 2, cancellationToken: Token);
        Assert.Equal(4, same.Count);
        Assert.All(same, c => Assert.Equal(1, c.Spearman, 1e-9));

        int call = 0;
        IReadOnlyList<MapComparison> other = Repeatability.Of(new FixedMap(i => (call++ / (Side * Side)) % 2 == 0 ? i : -i), [Image], cancellationToken: Token);
        Assert.Equal(-1, Assert.Single(other).Spearman, 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => Repeatability.Of(new ImageItself(), [Image], repeats: 0, cancellationToken: Token));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void WithoutLungsOrLesionTheirFiguresAreLeftOut(bool isFoundEmpty)
    {
        BinaryMask? none = isFoundEmpty ? new BinaryMask(Image.Width, Image.Height, new bool[Image.Pixels.Length]) : null;
        MapFigures found = MapJudge.Judge(new SpotClassifier(), new FixedMap(_ => 1), new MapCase(Image, "spot") { Lungs = none, Lesion = none }, out _, new MapJudgeOptions { Steps = 4 }, Token);
        Assert.DoesNotContain(found.Values.Keys, k => k.StartsWith("lung", StringComparison.Ordinal) || k.StartsWith("lesion", StringComparison.Ordinal) || k.StartsWith("zone", StringComparison.Ordinal));
        Assert.DoesNotContain("max_sensitivity", found.Values.Keys);
    }

    [Fact]
    public void TheTableIsTheMeanWithAnIntervalByPatient()
    {
        MapFigures Row(string method, string patient, double value) => new(method, new MapSubject("", "", "spot", patient), new Dictionary<string, double> { ["insertion"] = value });
        MapTable table = MapTable.Of([Row("a", "p", 0), Row("a", "p", 0), Row("a", "q", 1), Row("a", "q", 1), Row("b", "", 0.25)]);
        Assert.Equal(["a", "b"], table.Methods);
        Assert.Equal(new Interval(0.5, 0, 1), table["a", "insertion"]);
        Assert.Equal("insertion", Assert.Single(table.Metrics).Name);
        Assert.Equal((4, 4, 1), (table.Images, table.ImagesOf("a"), table.ImagesOf("b")));
        Assert.True(double.IsNaN(table["a", "deletion"].Estimate));

        // One image: no sample differs from another, and an interval of no width would claim certainty.
        Assert.Contains("b,insertion,0.25,NaN,NaN,1,1", table.ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public void ANameWithACommaIsOneField()
    {
        MapFigures row = new("mean(gradcam, \"rise\")", new MapSubject("", "", "spot", ""), new Dictionary<string, double> { ["insertion"] = 0.5 });
        Assert.Contains("\"mean(gradcam, \"\"rise\"\")\",insertion,0.5,NaN,NaN,1,1\n", MapTable.Of([row]).ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMapWithoutEvidencePointsNowhere()
    {
        BinaryMask all = new(Image.Width, Image.Height, [.. Enumerable.Repeat(true, Image.Pixels.Length)]);
        MapFigures found = MapJudge.Judge(new SpotClassifier(), new FixedMap(_ => 0), new MapCase(Image, "spot") { Lungs = all, Lesion = all }, out _, new MapJudgeOptions { Steps = 4 }, Token);
        Assert.Contains("lung_base_rate", found.Values.Keys);
        Assert.Empty(found.Values.Keys.Intersect(["lung_energy", "lung_pointing", "lesion_pointing", "lesion_auprc", "lesion_iou"]));
    }

    [Fact]
    public void AMaskOfAnotherSizeIsRefusedBeforeAnythingIsExplained()
    {
        MapCase odd = new(Image, "spot") { Lesion = new BinaryMask(1, 1, [true]) };
        FixedMap untouched = new(_ => throw new InvalidOperationException("explained"));
        Assert.Contains($"A lesion mask of 1 x 1 given, the image is {Image.Width} x {Image.Height}.", Assert.Throws<ArgumentException>(() => MapJudge.Judge(new SpotClassifier(), untouched, odd, out _, cancellationToken: Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDrawingOfIntervalsCanBeStopped()
    {
        MapFigures[] rows = [.. Enumerable.Range(0, 4).Select(i => new MapFigures(i % 2 == 0 ? "a" : "b", new MapSubject($"{i / 2}", "", "spot", ""), new Dictionary<string, double> { ["insertion"] = i }))];
        CancellationToken stopped = new(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => MapTable.Of(rows, cancellationToken: stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => MapDifference.Of(rows, "a", cancellationToken: stopped));
    }

    [Fact]
    public void AMethodIsComparedWithTheOthersOnTheImagesThatBothHave()
    {
        MapFigures Row(string method, string image, double insertion, double deletion) => new(method, new MapSubject(image, "", "spot", ""), new Dictionary<string, double> { ["insertion"] = insertion, ["deletion"] = deletion, ["gini"] = 1 });
        MapFigures[] rows = [Row("a", "1", 0.9, 0.5), Row("a", "2", 0.4, 0.6), Row("a", "3", 0, 0), Row("b", "1", 0.8, 0.4), Row("b", "2", 0.3, 0.5)];

        IReadOnlyList<MapDifference> differences = MapDifference.Of(rows, "a");

        // Better than b by a tenth on every image, though the images differ by half; worse in deletion, where less is better; gini is no contest.
        Assert.Equal(["insertion", "deletion"], differences.Select(d => d.Metric));
        Assert.All(differences, d => Assert.Equal(("b", 2), (d.Method, d.Images)));
        Assert.Equal((0.1, 0.1, 0.1), (Math.Round(differences[0].Gain.Estimate, 9), Math.Round(differences[0].Gain.Low, 9), Math.Round(differences[0].Gain.High, 9)));
        Assert.Equal(-0.1, differences[1].Gain.Estimate, 1e-9);
        Assert.Equal(0.9, MapDifference.Of(rows, "a", new BootstrapOptions { Confidence = 0.9 })[0].Confidence);
        Assert.Empty(MapDifference.Of(rows, "c"));
        Assert.Contains("'a' has 2 figures of '1'", Assert.Throws<ArgumentException>(() => MapDifference.Of([.. rows, rows[0]], "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePageHoldsTableCurvesAndPicturesAndNothingUnescaped()
    {
        MapFigures row = new("m<1>", new MapSubject("", "", "spot", ""), new Dictionary<string, double> { ["insertion"] = 0.5 }, new CausalCurve([0, 0.5, 1], 8), new CausalCurve([1, 0], 8));
        using StringWriter writer = new();
        MapFigures Other(int i) => row with { Method = "network", Values = new Dictionary<string, double> { ["insertion"] = 0.73 + (0.01 * i) } };
        MapFigures[] rows = [.. Enumerable.Range(0, 5).SelectMany(i => new[] { row, Other(i) }.Select(f => f with { Subject = f.Subject with { Name = $"{i}" } }))];
        MapReportHtml.Write(writer, new MapReport("a & b", "model", rows, MapTable.Of(rows))
        {
            Pictures = [new MapPicture("r", "m<1>", new byte[] { 1, 2, 3 })],
            Notes = ["note <x>"],
            Reference = "network",
            Differences = MapDifference.Of(rows, "network"),
        });
        string page = writer.ToString();
        Assert.DoesNotContain("<1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<x>", page, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", page, StringComparison.Ordinal);
        Assert.Contains("alt=\"Map of m&lt;1&gt;, r\" src=\"data:image/png;base64,AQID", page, StringComparison.Ordinal);
        Assert.Contains("▲ +0.250", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);

        // Offline, on any screen.
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.Contains("class=\"best\"", page, StringComparison.Ordinal);

        // By keyboard too.
        Assert.Equal(["method", "images", "insertion ↑"], SortedTables.HeadingsOf(page)[..3]);
    }

    [Fact]
    public void LungZonesAsRegionsHaveNoGapsAndOneForTheOutside()
    {
        RegionLabels regions = LungZoneRegions.Of(new HalfLungs());
        int[] labels = regions(Image);
        Assert.Equal(Enumerable.Range(0, labels.Max() + 1), labels.Distinct().Order());
        Assert.Equal(0, labels[15]);
        Assert.NotEqual(0, labels[0]);
    }

    private static bool InSpot(int i) => i % Side is >= 2 and < 6 && i / Side is >= 4 and < 8;

    /// <summary>Reads the mean of the spot and nothing else.</summary>
    private sealed class SpotClassifier(InputNormalization? normalization = null) : ITensorClassifier
    {
        public CxrModelCard Card { get; } = new() { Id = "spot", Input = new CardInput { Width = Side, Height = Side, Normalization = normalization ?? InputNormalization.UnitRange }, Findings = [new("spot"), new("none")] };

        public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
        {
            for (int i = 0; i < count; i++)
            {
                float sum = 0;
                for (int p = 0; p < Side * Side; p++)
                {
                    sum += InSpot(p) ? (normalization is { Kind: NormalizationKind.Range } range ? (inputs[i][p] - range.Min) / (range.Max - range.Min) : inputs[i][p]) / 16 : 0;
                }

                (logits[i][0], logits[i][1]) = (10 * (sum - 0.6f), 0);
            }
        }

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Ready inputs were to be scored.");

        public void Dispose()
        {
        }
    }

    /// <summary>Shows the image at the network's resolution.</summary>
    private sealed class ImageItself : IExplanationMap
    {
        public string Method => "itself";

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) => [.. images.Select(Small)];

        public void Dispose()
        {
        }

        private static Heatmap Small(GrayImage image)
        {
            float[] values = new float[Side * Side];
            Resizer.Resize(image.Pixels, image.Width, image.Height, values, Side, Side, ResizeFilter.Bilinear);
            return new Heatmap(Side, Side, values, image.Width, image.Height) { Method = "itself" };
        }
    }

    private sealed class FixedMap(Func<int, float> value, string method = "fixed") : IExplanationMap
    {
        public string Method => method;

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
            [.. images.Select(i => new Heatmap(i.Width, i.Height, [.. Enumerable.Range(0, i.Pixels.Length).Select(value)], i.Width, i.Height) { Method = Method })];

        public void Dispose()
        {
        }
    }

    private sealed class HalfLungs : ILungSegmenter
    {
        public CxrModelCard Card { get; } = new() { Id = "half", Input = new CardInput { Width = 1, Height = 1 } };

        public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. images.Select(i => new LungMask(i.Width, i.Height, [.. Enumerable.Range(0, i.Pixels.Length).Select(p => p % i.Width < i.Width / 2 ? 1f : 0f)]))];

        public void Dispose()
        {
        }
    }
}
