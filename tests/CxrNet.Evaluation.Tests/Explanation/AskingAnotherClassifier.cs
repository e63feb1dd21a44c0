namespace CxrNet.Evaluation.Tests;

public sealed class AskingAnotherClassifier
{
    private const int Side = 10;

    // Ten pixels of 100 are bright: the first row. The evaluator says "ill" where at least six of them are left.
    private static readonly GrayImage Ill = new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => i < Side ? 1f : 0.25f)]);
    private static readonly GrayImage Healthy = new(Side, Side, [.. Enumerable.Repeat(0.25f, Side * Side)]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void WhatAMapKeepsAndWhatItLeavesOutAreAskedAboutApart()
    {
        // The strongest fifth are two rows: with the first one the row is kept whole, without it none of it is.
        EvalXAnswer right = EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i < 20 ? 5 : -1), cancellationToken: Token);
        EvalXAnswer wrong = EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i >= 80 ? 5 : -1), cancellationToken: Token);
        Assert.Equal(new EvalXAnswer(true, false, true, false), right);
        Assert.Equal(new EvalXAnswer(true, false, false, true), wrong);
    }

    [Fact]
    public void EveryMapKeepsTheSameAreaWhateverItsUnits()
    {
        // Half of the row lies in the strongest 5 %, which is too little; six of ten in the strongest 6 %.
        Heatmap small = Map(i => -0.001f * i), large = Map(i => 1000 - i);
        foreach (Heatmap map in new[] { small, large })
        {
            Assert.False(EvalX.Ask(new FirstRow(), Ill, "ill", map, new EvalXOptions { Share = 0.05 }, Token).Kept);
            Assert.True(EvalX.Ask(new FirstRow(), Ill, "ill", map, new EvalXOptions { Share = 0.06 }, Token).Kept);
        }
    }

    [Fact]
    public void ANetworksOwnMapIsAlsoAskedAboutAsItIs()
    {
        // 0.7 of ten bright pixels is more than six of them, 0.3 is less; a value beyond 1 is 1.
        EvalXAnswer own = EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i < 10 ? 0.7f : 0, "network"), cancellationToken: Token);
        Assert.Equal((true, false, 0.07), (own.OwnKept, own.OwnComplement, Math.Round(own.OwnArea!.Value, 6)));
        Assert.Equal(1, EvalX.Ask(new FirstRow(), Ill, "ill", Map(_ => 3, "network"), cancellationToken: Token).OwnArea!.Value, 1e-6);
        EvalXAnswer other = EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i < 10 ? 0.7f : 0), cancellationToken: Token);
        Assert.Equal((null, null, null), (other.OwnKept, other.OwnComplement, other.OwnArea));
        Assert.Equal(["evalx_kept", "evalx_complement", "evalx_whole", "evalx_nothing"], other.ToFigures().Keys);
        Assert.Equal(EvalX.Metrics.Select(m => m.Name), own.ToFigures().Keys);
    }

    [Fact]
    public void WhatIsTakenAwayBecomesTheReferenceOfTheOptions()
    {
        // With a white reference nothing is needed to see a bright row.
        EvalXOptions white = new() { Reference = plane => ReferenceImages.Constant(plane, 1) };
        EvalXAnswer answer = EvalX.Ask(new FirstRow(), Healthy, "healthy", Map(i => i), white, Token);
        Assert.Equal(new EvalXAnswer(true, false, false, true), answer);
    }

    [Fact]
    public void AccuraciesAreSharesWithIntervalsByPatient()
    {
        EvalXAnswer held = new(true, false, true, false), missed = new(true, false, false, true);
        EvalXReport report = EvalXReport.Of([held, held, missed, held], ["p", "p", "q", "q"]);
        Assert.Equal((4, 1.0, 0.0, 0.75, 0.25), (report.Images, report.Whole.Estimate, report.Nothing.Estimate, report.Kept.Estimate, report.Complement.Estimate));
        Assert.Equal((0.5, 1.0), (report.Kept.Low, report.Kept.High));
        Assert.Equal(WilsonInterval.Of(3, 4), EvalXReport.Of([held, held, missed, held]).Kept);
        Assert.Null(report.OwnKept);
        Assert.Null(report.OwnHolds);
    }

    [Fact]
    public void TheGateIsTwoPointsOfTheWholeAndTenAboveChance()
    {
        Assert.True(Report(kept: 98, complement: 30).Holds);
        Assert.False(Report(kept: 97, complement: 30).Holds);
        Assert.False(Report(kept: 98, complement: 31).Holds);
        Assert.True(Report(kept: 98, complement: 30).OwnHolds);

        // Of 100 images; 20 are right with nothing left of them.
        static EvalXReport Report(int kept, int complement) => EvalXReport.Of([.. Enumerable.Range(0, 100).Select(i => new EvalXAnswer(true, i < 20, i < kept, i < complement) { OwnKept = i < kept, OwnComplement = i < complement, OwnArea = 0.2 })]);
    }

    [Fact]
    public void SeveralImagesAreAskedAboutInTheirOrder()
    {
        IReadOnlyList<EvalXAnswer> answers = EvalX.AskAll(new FirstRow(), [Ill, Healthy], ["ill", "healthy"], [Map(i => -i), Map(i => -i)], cancellationToken: Token);
        Assert.Equal([new EvalXAnswer(true, false, true, false), new EvalXAnswer(true, true, true, true)], answers);
        Assert.Throws<ArgumentException>(() => EvalX.AskAll(new FirstRow(), [Ill, Healthy], ["ill"], [Map(i => i), Map(i => i)], cancellationToken: Token));
    }

    [Fact]
    public void WhatCannotBeAskedAboutIsRefused()
    {
        Assert.Contains("'flu'", Assert.Throws<ArgumentException>(() => EvalX.Ask(new FirstRow(), Ill, "flu", Map(i => i), cancellationToken: Token)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i == 3 ? float.NaN : i), cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => i), new EvalXOptions { Share = 1 }, Token));
    }

    [Fact]
    public void ThroughAClassifierOfImagesTheAnswersAreTheSame()
    {
        EvalXOptions black = new() { Reference = plane => ReferenceImages.Constant(plane, 0) };
        Assert.Equal(
            EvalX.Ask(new FirstRow(), Ill, "ill", Map(i => -i), black, Token),
            EvalX.Ask(new OfImages(new FirstRow()), Ill, "ill", Map(i => -i), black, Token));
    }

    [Fact]
    public void TablesAndPagesHaveTheFigures()
    {
        MapFigures Row(string method, EvalXAnswer answer) => new(method, new MapSubject("1", "ill", "ill", ""), answer.ToFigures());
        MapFigures[] rows = [Row("network", new(true, false, true, false)), Row("other", new(true, false, false, true))];
        MapTable table = MapTable.Of(rows);
        Assert.Equal((1.0, 0.0), (table["network", "evalx_kept"].Estimate, table["other", "evalx_kept"].Estimate));
        Assert.Equal(["evalx_kept", "evalx_complement"], MapDifference.Of(rows, "network").Select(d => d.Metric));
        using StringWriter page = new();
        MapReportHtml.Write(page, new MapReport("a", "model", rows, table));
        Assert.Contains(">evalx kept ↑<", page.ToString(), StringComparison.Ordinal);
        Assert.Contains(">evalx complement ↓<", page.ToString(), StringComparison.Ordinal);
    }

    private static Heatmap Map(Func<int, float> value, string method = "fixed") => new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(value)], Side, Side) { Method = method };

    /// <summary>"ill" where the first row sums to 6 or more.</summary>
    private sealed class FirstRow : ITensorClassifier
    {
        public CxrModelCard Card { get; } = new() { Id = "row", Input = new CardInput { Width = Side, Height = Side, Normalization = InputNormalization.UnitRange }, Findings = [new("healthy"), new("ill")] };

        public static float Logit(ReadOnlySpan<float> pixels) => System.Numerics.Tensors.TensorPrimitives.Sum(pixels[..Side]) - 5.99f;

        public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
        {
            for (int i = 0; i < count; i++)
            {
                (logits[i][0], logits[i][1]) = (0, Logit(inputs[i]));
            }
        }

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Ready inputs were to be scored.");

        public void Dispose()
        {
        }
    }

    private sealed class OfImages(FirstRow rows) : ICxrClassifier
    {
        public CxrModelCard Card => rows.Card;

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. images.Select(i => FirstRow.Logit(i.Pixels)).Select(z => new CxrPrediction { ModelId = "row", Logits = [0, z], Findings = [new Finding("healthy", 0.5f, 0.5f), new Finding("ill", z > 0 ? 0.9f : 0.1f, 0.5f)] })];

        public void Dispose()
        {
        }
    }
}
