namespace CxrNet.Core.Tests.Composition;

public sealed class AskingSeveral
{
    private static readonly CxrModelCard Sigmoid = Scripted.Card with { Activation = FindingActivation.Sigmoid };

    [Fact]
    public void TheMeanIsThatOfTheCalibratedProbabilities()
    {
        ScriptedClassifier first = new(), second = new(Scripted.Card with { Id = "scripted-2", Temperature = 1 }, static _ => [3, 1]);
        using EnsembleClassifier ensemble = first.WithEnsemble(EnsembleRule.Mean, second);
        GrayImage image = Scripted.Image(0.4f);
        CxrPrediction a = first.Classify(image), b = second.Classify(image);

        CxrPrediction prediction = ensemble.Classify(image, TestContext.Current.CancellationToken);

        Assert.Equal((a.Findings[1].Probability + (double)b.Findings[1].Probability) / 2, prediction.Findings[1].Probability, 1e-6);
        Assert.Equal("mean(scripted-1, scripted-2)", prediction.ModelId);
        Assert.Equal(TimeSpan.FromMilliseconds(12), prediction.Timings.Total);
        Assert.Equal(1, ensemble.Card.Temperature);
        float[] read = new float[2];
        FindingScores.Compute([.. prediction.Logits], ensemble.Card.Activation, ensemble.Card.Temperature, read);
        Assert.Equal(read, prediction.Findings.Select(static f => f.Probability));
    }

    [Fact]
    public void OneMemberAnswersAsItDoesAlone()
    {
        ScriptedClassifier alone = new(Sigmoid);
        using EnsembleClassifier ensemble = new([alone]);
        CxrPrediction expected = alone.Classify(Scripted.Image()), found = ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.All(expected.Findings.Zip(found.Findings), static pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-6f));
        Assert.All(expected.Logits.Zip(found.Logits), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void FindingsAreFoundByNameWhateverTheirOrder()
    {
        ScriptedClassifier turned = new(Scripted.Card with { Id = "turned", Findings = [new CardFinding("covid19"), new CardFinding(""), new CardFinding("normal")] }, static _ => [5, 9, 1]);
        using EnsembleClassifier ensemble = new([new ScriptedClassifier(logits: static _ => [1, 5]), turned]);
        CxrPrediction prediction = ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(["normal", "covid19"], prediction.Findings.Select(static f => f.Name));
        Assert.Equal(1 / (1 + Math.Exp(-4 / 2.0)), prediction.Findings[1].Probability, 1e-6);
    }

    [Theory]
    [InlineData(new float[] { 2, 2, -9 }, true, 0.6667)]
    [InlineData(new float[] { 2, -1, -1 }, false, 0.3333)]
    public void AVoteCountsDecisionsAndNotTheirStrength(float[] margins, bool positive, double share)
    {
        using EnsembleClassifier ensemble = new([.. margins.Select(static m => new ScriptedClassifier(logits: _ => [0, m]))], EnsembleRule.Vote);
        Finding covid = ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken).Findings[1];
        Assert.Equal(share, covid.Probability, 1e-3);
        Assert.Equal(positive, covid.IsPositive);
        Assert.Equal(0.5f, covid.Threshold);
    }

    [Fact]
    public void EqualSharesAreToldApartByTheMeanProbability()
    {
        using EnsembleClassifier ensemble = new([new ScriptedClassifier(logits: static _ => [0, 5]), new ScriptedClassifier(logits: static _ => [1, 0])], EnsembleRule.Vote);
        CxrPrediction prediction = ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal("covid19", prediction.Top.Name);
        Assert.True(prediction.Top.IsPositive);
        Assert.Equal(0.5, prediction.Top.Probability, 1e-3);
        Assert.Equal(1, prediction.Findings.Sum(static f => f.Probability), 1e-6f);
    }

    [Fact]
    public void WithoutExclusionEachMembersOwnThresholdVotes()
    {
        CxrModelCard strict = Sigmoid with { Id = "strict", Findings = [new CardFinding("normal", 0.9f), new CardFinding("covid19", 0.9f)], Temperature = 1 };
        using EnsembleClassifier ensemble = new([new ScriptedClassifier(strict, static _ => [1, 3]), new ScriptedClassifier(strict with { Findings = [.. strict.Findings.Select(static f => f with { Threshold = 0.5f })] }, static _ => [1, 3])], EnsembleRule.Vote);
        CxrPrediction prediction = ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(0.5, prediction.Findings[0].Probability, 1e-3);
        Assert.Equal(1, prediction.Findings[1].Probability, 1e-3);
    }

    [Fact]
    public void CertaintyBecomesNoInfiniteLogit()
    {
        using EnsembleClassifier softmax = new([new ScriptedClassifier(logits: static _ => [-900, 900])]);
        using EnsembleClassifier sigmoid = new([new ScriptedClassifier(Sigmoid, static _ => [-900, 900])]);
        Assert.Equal([0f, 1f], softmax.Classify(Scripted.Image()).Findings.Select(static f => MathF.Round(f.Probability, 6)));
        Assert.Equal([0f, 1f], sigmoid.Classify(Scripted.Image()).Findings.Select(static f => MathF.Round(f.Probability, 6)));
    }

    [Fact]
    public void MapsOfOneGridMeetOnItAndOthersAtTheImagesSize()
    {
        GrayImage image = Scripted.Image(0.5f, side: 4);
        ScriptedClassifier Giving(params float[] map) => new() { Map = i => new Heatmap(map.Length, 1, map, i.Width, i.Height) };
        Heatmap same = new EnsembleClassifier([Giving(1, 0), Giving(0, 0.5f), new ScriptedClassifier { Map = static _ => null }]).Classify(image).Map!;
        Assert.Equal((2, 1), (same.Width, same.Height));
        Assert.Equal([0.5f, 0.25f], same.Values.ToArray());

        Heatmap mixed = new EnsembleClassifier([Giving(1), Giving(0, 0)]).Classify(image).Map!;
        Assert.Equal((4, 4), (mixed.Width, mixed.Height));
        Assert.All(mixed.Values.ToArray(), static v => Assert.Equal(0.5f, v, 1e-6f));
        Assert.Null(new EnsembleClassifier([new ScriptedClassifier { Map = static _ => null }]).Classify(image).Map);
    }

    [Fact]
    public void WarningsDistanceAndWithholdingAreThoseOfAnyMember()
    {
        ScriptedClassifier near = new() { Distance = 0.5f, Warnings = ["first"] }, far = new() { Distance = 1.5f, Warnings = ["second", "first"] };
        CxrPrediction prediction = new EnsembleClassifier([near, far]).Classify(Scripted.Image());
        Assert.Equal(1.5f, prediction.Distance);
        Assert.Equal(["first", "second"], prediction.Warnings.Skip(1));
        Assert.Contains("unlike", prediction.Warnings[0], StringComparison.Ordinal);

        CxrPrediction withheld = new EnsembleClassifier([near, new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinSide = 100 })]).Classify(Scripted.Image());
        Assert.True(withheld.IsWithheld);
        Assert.Equal("mean(scripted-1, scripted-1)", withheld.ModelId);
        Assert.Equal(near.Classify(Scripted.Image()).Distance, withheld.Distance);
        Assert.Contains(withheld.Warnings, static w => w.Contains("80 x 80", StringComparison.Ordinal));
    }

    [Fact]
    public void MembersThatDisagreeAreNoEnsemble()
    {
        static string Refused(CxrModelCard other) => Assert.Throws<CxrModelException>(() => new EnsembleClassifier([new ScriptedClassifier(), new ScriptedClassifier(other with { Id = "other" })])).Message;
        Assert.Contains("scores flu, normal", Refused(Scripted.Card with { Findings = [new CardFinding("flu"), new CardFinding("normal")] }), StringComparison.Ordinal);
        Assert.Contains("Sigmoid", Refused(Sigmoid), StringComparison.Ordinal);
        Assert.Contains("WithLungHandling", Refused(Scripted.Card with { Input = Scripted.Card.Input with { Lungs = LungHandling.Crop } }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EnsembleClassifier([]));
        Assert.Throws<ArgumentException>(() => new EnsembleClassifier([null!]));
    }

    [Fact]
    public void TheCardSaysWhatAllMembersSay()
    {
        CxrModelCard first = Scripted.Card with { Limitations = ["a"], MinAgeYears = 3, MaxAgeYears = 80, License = "MIT", Metrics = new Dictionary<string, double> { ["test.accuracy"] = 1 }, Abstain = new CardAbstain(0.1, 0.5f, ""), TrainingData = [new CardDataSource("x", "", "", 1)] };
        CxrModelCard second = first with { Id = "second", Limitations = ["a", "b"], MinAgeYears = 18, MaxAgeYears = null, License = "CC-BY-4.0", Findings = [first.Findings[0], first.Findings[1] with { Threshold = 0.5f, ThresholdProvenance = "Youden on val" }] };
        CxrModelCard card = new EnsembleClassifier([new ScriptedClassifier(first), new ScriptedClassifier(second)]).Card;
        Assert.Equal(["a", "b"], card.Limitations);
        Assert.Equal((18, 80), (card.MinAgeYears, card.MaxAgeYears));
        Assert.Equal("MIT AND CC-BY-4.0", card.License);
        Assert.Single(card.TrainingData);
        Assert.Empty(card.Metrics);
        Assert.Null(card.Abstain);
        Assert.Equal(0.4f, card.Findings[1].Threshold, 1e-6f);
        Assert.Contains("not fitted", card.Findings[1].ThresholdProvenance, StringComparison.Ordinal);
        CxrModelCardCheck.Require(card, CxrModelTask.Classification, "ensemble");
    }

    [Fact]
    public void ADraftIsOneWhicheverMemberItIs()
    {
        CxrModelCard draft = Scripted.Card with { Guesses = ["input.normalization"] }, other = draft with { Guesses = ["input.normalization", "findings"] };
        using EnsembleClassifier ensemble = new([new ScriptedClassifier(), new ScriptedClassifier(draft), new ScriptedClassifier(other)]);
        Assert.Equal(["input.normalization", "findings"], ensemble.Card.Guesses);
        Assert.Single(ensemble.Classify(Scripted.Image(), TestContext.Current.CancellationToken).Warnings, static w => w.Contains("is a draft; nobody has confirmed input.normalization, findings", StringComparison.Ordinal));
    }

    [Fact]
    public void ADraftAmongSegmentersIsADraftOfAll()
    {
        ScriptedSegmenter trusted = new(), draft = new() { Card = trusted.Card with { Guesses = ["input.filter"] } };
        using EnsembleSegmenter both = new([trusted, draft]);
        Assert.Equal(["input.filter"], both.Card.Guesses);
    }

    [Fact]
    public void MasksMeetAsMeanOrByVote()
    {
        GrayImage image = Scripted.Image(side: 2);
        static ScriptedSegmenter Giving(float threshold, params float[] p) => new(i => new LungMask(i.Width, i.Height, p, threshold));
        LungMask mean = new EnsembleSegmenter([Giving(0.5f, 1, 0, 0.5f, 0.2f), Giving(0.7f, 1, 0.5f, 0.5f, 0.2f)]).Segment([image])[0];
        Assert.Equal([1, 0.25f, 0.5f, 0.2f], mean.Probabilities.ToArray());
        Assert.Equal(0.6f, mean.Threshold, 1e-6f);
        LungMask vote = new EnsembleSegmenter([Giving(0.5f, 1, 0, 0.6f, 0.2f), Giving(0.7f, 1, 0.5f, 0.6f, 0.2f)], EnsembleRule.Vote).Segment([image])[0];
        Assert.Equal([1, 0, 0.5f, 0], vote.Probabilities.ToArray());
        Assert.Equal([true, false, true, false], new[] { vote[0, 0], vote[1, 0], vote[0, 1], vote[1, 1] });
        Assert.Equal("vote(scripted-lungs-1)", new EnsembleSegmenter([Giving(0.5f)], EnsembleRule.Vote).Card.Id);
    }

    [Fact]
    public void MapsOfSeveralMethodsAreScaledToTheirPeaks()
    {
        GrayImage image = Scripted.Image(side: 2);
        static ScriptedExplanation Giving(string method, bool signed, params float[] map) => new(method, i => new Heatmap(2, 1, map, i.Width, i.Height) { Method = method, IsSigned = signed });
        using EnsembleExplanation both = Giving("a", false, 100, 50).WithEnsemble(Giving("b", true, 0.1f, -0.2f), Giving("a", false, 0, 0));
        Heatmap map = both.Explain([image])[0];
        Assert.Equal("mean(a, b)", both.Method);
        Assert.Equal(both.Method, map.Method);
        Assert.True(map.IsSigned);
        Assert.Equal([0.5f, -1f / 6], map.Values.ToArray().Select(static v => MathF.Round(v, 6)), static (x, y) => Math.Abs(x - y) < 1e-5f);
        Assert.Throws<ArgumentException>(() => new EnsembleExplanation([Giving("a", false, 1, 1), Giving("b", false, 1, 1)], toPeak: false));
    }

    [Fact]
    public void MapsOfOneMethodKeepTheirMagnitudesUnlessAskedOtherwise()
    {
        GrayImage image = Scripted.Image(side: 2);
        static ScriptedExplanation Giving(params float[] map) => new("a", i => new Heatmap(2, 1, map, i.Width, i.Height) { Method = "a" });
        Assert.Equal([3f, 1f], Giving(2, 2).WithEnsemble(Giving(4, 0)).Explain([image])[0].Values.ToArray());
        Assert.Equal([1f, 0.5f], new EnsembleExplanation([Giving(2, 2), Giving(4, 0)], toPeak: true).Explain([image])[0].Values.ToArray());
    }
}
