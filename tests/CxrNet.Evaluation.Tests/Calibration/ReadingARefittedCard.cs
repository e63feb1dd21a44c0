namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class ReadingARefittedCard
{
    private static readonly string[] Names = ["normal", "ill", "other"];

    // A line of its own keeps the temperature, so that small quantiles stay small.
    private static readonly CxrModelCard Softmax = new()
    {
        Id = "toy-3",
        Input = new CardInput { Width = 1, Height = 1 },
        Findings = [new CardFinding("normal"), new CardFinding("ill", 0.4f), new CardFinding("other")],
        Temperature = 0.7f,
    };

    public static TheoryData<int, double> Draws => [.. from seed in Enumerable.Range(1, 25) from margin in new[] { 3.0, 9, 14 } select (seed, margin)];

    // With a margin of 9 the quantile is about 1e-4: 1 - p comes in steps 10 000 times as coarse as the quantile's last bit.
    [Theory, MemberData(nameof(Draws))]
    public void AsManyRowsHoldTheirTruthAsTheRankOfTheQuantileSays(int seed, double margin)
    {
        const int Rows = 60;
        const double Alpha = 0.2;
        (float[] logits, int[] truth) = Draw(Rows, seed, margin);
        SiteCalibrationResult result = SiteCalibration.Refit(Softmax, Table(logits), truth, new SiteCalibrationOptions { Alpha = Alpha, MinCases = int.MaxValue });
        Assert.Equal(0.7f, result.Card.Temperature);

        int held = Read(logits, result.Card).Zip(truth).Count(static row => row.First.PredictionSet!.Contains(Names[row.Second]));
        Assert.True(held >= (int)Math.Ceiling(((Rows + 1) * (1 - Alpha)) - 1e-9), $"{held} of {Rows} hold their truth, the quantile is {result.Card.Abstain!.Quantile}");

        // Not by holding everything.
        Assert.InRange(result.Card.Abstain!.Quantile, 0, result.Card.Metrics["abstain.quantile"] + 1e-5);
    }

    [Theory, MemberData(nameof(Draws))]
    public void AsManyPositivesAreFoundAsTheOperatingPointSays(int seed, double margin)
    {
        (float[] logits, int[] truth) = Draw(60, seed, margin);
        SiteCalibrationResult result = SiteCalibration.Refit(Softmax, Table(logits), truth, new SiteCalibrationOptions { Rule = OperatingPointRule.Sensitivity, Sensitivity = 0.9 });
        IReadOnlyList<CxrPrediction> predictions = Read(logits, result.Card);
        for (int c = 0; c < Names.Length; c++)
        {
            double found = predictions.Where((p, i) => truth[i] == c && p.Findings[c].IsPositive).Count() / (double)truth.Count(t => t == c);
            Assert.True(found >= result.OperatingPoints[c]!.Value.Sensitivity - 1e-9, $"{found} found of '{Names[c]}', {result.OperatingPoints[c]!.Value.Sensitivity} promised");
            Assert.Equal(result.OperatingPoints[c]!.Value.Threshold, result.Card.Findings[c].Threshold, 1e-4);
        }
    }

    [Theory, MemberData(nameof(Draws))]
    public void SoAreThoseOfFindingsThatExcludeNothing(int seed, double margin)
    {
        (float[] logits, int[] truth) = Draw(60, seed, margin);
        bool[][] labels = [.. truth.Select(static t => Enumerable.Range(0, 3).Select(c => c == t).ToArray())];
        SiteCalibrationResult result = SiteCalibration.RefitMultiLabel(Softmax with { Activation = FindingActivation.Sigmoid }, Table(logits), labels, new SiteCalibrationOptions { Rule = OperatingPointRule.Sensitivity, Sensitivity = 0.9 });
        IReadOnlyList<CxrPrediction> predictions = Read(logits, result.Card);
        for (int c = 0; c < Names.Length; c++)
        {
            double found = predictions.Where((p, i) => labels[i][c] && p.Findings[c].IsPositive).Count() / (double)labels.Count(row => row[c]);
            Assert.True(found >= result.OperatingPoints[c]!.Value.Sensitivity - 1e-9, $"{found} found of '{Names[c]}', {result.OperatingPoints[c]!.Value.Sensitivity} promised");
        }
    }

    [Theory, InlineData(0.95, "95 % sensitivity"), InlineData(0.999, "99.9 % sensitivity"), InlineData(0.9999, "99.99 % sensitivity"), InlineData(1, "100 % sensitivity")]
    public void TheSensitivityIsWrittenAsItWasAskedFor(double sensitivity, string words)
    {
        (float[] logits, int[] truth) = Draw(60, 1, 3);
        CxrModelCard card = SiteCalibration.Refit(Softmax, Table(logits), truth, new SiteCalibrationOptions { Rule = OperatingPointRule.Sensitivity, Sensitivity = sensitivity }).Card;
        Assert.Equal(words, card.Findings[0].OperatingPoints[1].Rule);
        Assert.StartsWith(words, card.Findings[0].ThresholdProvenance, StringComparison.Ordinal);
        Assert.Equal(card.Findings[0].OperatingPoints[1].Threshold, card.Findings[0].Threshold);
    }

    private static ScoreTable Table(float[] logits) => new(Names, Array.ConvertAll(logits, static v => (double)v));

    private static IReadOnlyList<CxrPrediction> Read(float[] logits, CxrModelCard card)
    {
        GrayImage image = new(1, 1, [0]);
        return PredictionReader.Read(logits, logits.Length / 3, card, null, [.. Enumerable.Repeat(image, logits.Length / 3)], default);
    }

    // One in ten says the opposite; a constant of the row, which no probability sees in exact numbers, costs floats some bits.
    private static (float[] Logits, int[] Truth) Draw(int rows, int seed, double margin)
    {
        SplitMix64 random = new((ulong)seed);
        float[] logits = new float[3 * rows];
        int[] truth = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            truth[i] = i % 3;
            double constant = 10 * random.NextNormal();
            for (int c = 0; c < 3; c++)
            {
                double lead = c == truth[i] ? margin * (i % 10 == 9 ? -0.2 : 0.7) : 0;
                logits[(3 * i) + c] = (float)(constant + lead + (0.3 * random.NextNormal()));
            }
        }

        return (logits, truth);
    }
}
