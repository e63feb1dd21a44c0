using CsCheck;

namespace CxrNet.Core.Tests.Classification;

public sealed class ReadingLogits
{
    private static readonly CxrModelCard Card = new()
    {
        Id = "test-1",
        Input = new CardInput { Width = 4, Height = 4 },
        Findings = [new("normal"), new("bacterial_pneumonia", 0.4f), new(""), new("covid19")],
        Temperature = 2,
    };

    private static readonly GrayImage Plain = new(2, 2, new float[4]);

    [Fact]
    public void SoftmaxRunsOverTheTrainedFindingsAlone()
    {
        CxrPrediction prediction = Assert.Single(Read([1, 2, 50, 4], Card));
        double[] e = [Math.Exp(0.5), Math.Exp(1), Math.Exp(2)];
        Assert.Equal(["normal", "bacterial_pneumonia", "covid19"], prediction.Findings.Select(f => f.Name));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(e[i] / e.Sum(), prediction.Findings[i].Probability, 1e-6);
        }

        Assert.Equal([1f, 2, 4], prediction.Logits);
        Assert.Equal([0.5f, 0.4f, 0.5f], prediction.Findings.Select(f => f.Threshold));
        Assert.Equal("covid19", prediction.Top.Name);
        Assert.Equal("test-1", prediction.ModelId);
    }

    [Fact]
    public void GreatLogitsDoNotOverflow()
    {
        CxrPrediction prediction = Read([3e38f, 0, 0, -3e38f], Card with { Temperature = 1 })[0];
        Assert.Equal([1f, 0, 0], prediction.Findings.Select(f => f.Probability));
    }

    [Fact]
    public void SigmoidTakesEachFindingOnItsOwn()
    {
        CxrPrediction prediction = Read([1, -2, 0, 400], Card with { Activation = FindingActivation.Sigmoid })[0];
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), prediction.Findings[0].Probability, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(1)), prediction.Findings[1].Probability, 1e-6);
        Assert.Equal(1f, prediction.Findings[2].Probability);
    }

    [Fact]
    public void ProbabilitiesOfAnyLogitsSumToOne() => Gen.Float[-80, 80].Array[4].Sample(logits =>
        Math.Abs(Read(logits, Card)[0].Findings.Sum(f => (double)f.Probability) - 1) < 1e-5);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ANonNumberIsAnErrorThatNamesTheFinding(float logit)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => Read([0, logit, 0, 0], Card));
        Assert.Contains("'bacterial_pneumonia'", error.Message, StringComparison.Ordinal);
        Assert.Single(Read([0, 0, logit, 0], Card));
    }

    [Fact]
    public void AWrongNumberOfLogitsNamesBothNumbers()
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => Read([0, 0, 0], Card));
        Assert.Contains("3 logits for 1 images, its card lists 4 findings", error.Message, StringComparison.Ordinal);
        Assert.Equal("test-1", error.ModelId);
    }

    [Fact]
    public void RowsMapsAndTimingsKeepTheirOrder()
    {
        Heatmap map = new(1, 1, [1], 2, 2) { Method = "network" };
        StageTimings timings = new(TimeSpan.FromMilliseconds(1), default, default, default);
        IReadOnlyList<CxrPrediction> predictions = PredictionReader.Read([9, 0, 0, 0, 0, 0, 0, 9], 2, Card, [null, map], [Plain, Plain], timings);
        Assert.Equal(["normal", "covid19"], predictions.Select(p => p.Top.Name));
        Assert.Null(predictions[0].Map);
        Assert.Same(map, predictions[1].Map);
        Assert.Equal(timings, predictions[1].Timings);
        Assert.Empty(predictions[0].Warnings);
    }

    [Fact]
    public void WarningsFollowTheHeader()
    {
        CxrModelCard adults = Card with { MinAgeYears = 18, MaxAgeYears = 90 };
        RadiographInfo info = new() { View = RadiographView.Lateral, Modality = "CT", BurnedInAnnotation = true, PatientAgeYears = 0.5, Warnings = ["decoder"] };
        IReadOnlyList<string> warnings = PredictionWarnings.For(info, adults);
        Assert.Equal(5, warnings.Count);
        Assert.Equal("decoder", warnings[0]);
        Assert.Contains("lateral", warnings[1], StringComparison.Ordinal);
        Assert.Contains("CT", warnings[2], StringComparison.Ordinal);
        Assert.Contains("burnt", warnings[3], StringComparison.Ordinal);
        Assert.Contains("0.5 years old", warnings[4], StringComparison.Ordinal);
        Assert.Contains("and younger", Assert.Single(PredictionWarnings.For(new RadiographInfo { PatientAgeYears = 95 }, adults)), StringComparison.Ordinal);
        Assert.Contains("oblique", Assert.Single(PredictionWarnings.For(new RadiographInfo { View = RadiographView.Oblique }, adults)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CR")]
    [InlineData("DX")]
    [InlineData("RG")]
    public void APlainFrontalRadiographOfAnAdultNeedsNoWarning(string modality) =>
        Assert.Empty(PredictionWarnings.For(new RadiographInfo { View = RadiographView.PA, Modality = modality, BurnedInAnnotation = false, PatientAgeYears = 40 }, Card with { MinAgeYears = 18, MaxAgeYears = 90 }));

    private static IReadOnlyList<CxrPrediction> Read(float[] logits, CxrModelCard card) => PredictionReader.Read(logits, 1, card, null, [Plain], default);
}
