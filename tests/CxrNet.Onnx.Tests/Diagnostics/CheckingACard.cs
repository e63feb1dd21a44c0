using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Diagnostics;

public sealed class CheckingACard
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier with { Temperature = 1, Outputs = new CardOutputs() };
    private static readonly TinyOnnx Tiny = TinyOnnx.For(Card) with { Card = null };

    [Fact]
    public void AModelThatFitsHasNothingBroken()
    {
        DiagnosticFact[] facts = Check(Tiny, Card);
        Assert.DoesNotContain(facts, static f => f.Status is DiagnosticStatus.Broken or DiagnosticStatus.Warning);
        Assert.Contains("4 planes", Assert.Single(facts, static f => f.Name == "features").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesAreScoredByName()
    {
        using TemporaryFolder folder = new();
        string path = Save(folder, Tiny, Card);
        DiagnosticFact fact = Assert.Single(new OnnxCardProbe(path, [("mine.png", ConformanceImages.Make(1))]).Look(), static f => f.Name == "mine.png");
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        Assert.StartsWith(classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Top.Name, fact.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsStillGuessedIsNamed()
    {
        DiagnosticFact[] facts = Check(Tiny, Card with { Guesses = ["input.normalization"], Findings = [.. Enumerable.Range(0, 4).Select(static i => new CardFinding($"finding_{i}"))] });
        Assert.Equal(DiagnosticStatus.Warning, Assert.Single(facts, static f => f.Name == "input.normalization").Status);
        Assert.Contains("4 are called by their numbers", Assert.Single(facts, static f => f.Name == "findings").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ProbabilitiesThatAreTakenForLogitsAreFound()
    {
        DiagnosticFact fact = Assert.Single(Check(Tiny with { End = "Softmax" }, Card with { Outputs = new CardOutputs { Logits = "scores" } }), static f => f.Status == DiagnosticStatus.Broken);
        Assert.Equal("outputs.logits", fact.Name);
        Assert.Contains("\"logits\": \"logits\"", fact.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherActivationThanTheGraphsIsFound()
    {
        DiagnosticFact fact = Assert.Single(Check(Tiny with { End = "Sigmoid" }, Card), static f => f.Status == DiagnosticStatus.Broken);
        Assert.Equal("activation", fact.Name);
        Assert.Contains("Sigmoid", fact.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkThatSaysTheSameOfEveryImageIsFound() =>
        Assert.Contains(Check(Tiny with { Weight = 0 }, Card), static f => f.Status == DiagnosticStatus.Broken && f.Value.Contains("same logits", StringComparison.Ordinal));

    [Fact]
    public void ACardThatDoesNotFitSaysWhy()
    {
        DiagnosticFact fact = Assert.Single(Check(Tiny with { Side = 48 }, Card), static f => f.Status == DiagnosticStatus.Broken);
        Assert.Contains("[n, 1, 48, 48]", fact.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedGraphIsAFactAndNoException()
    {
        using TemporaryFolder folder = new();
        string path = Save(folder, Tiny, Card);
        File.WriteAllBytes(path, DamagedModels.WithACutInput(Tiny));
        DiagnosticFact fact = Assert.Single(new OnnxCardProbe(path).Look(), static f => f.Status == DiagnosticStatus.Broken);
        Assert.StartsWith($"'{path}' is no ONNX model or is damaged", fact.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void UntrainedOutputsAreCounted() =>
        Assert.Contains(Check(Tiny, Card with { Findings = [new CardFinding(""), .. Card.Findings.Skip(1)] }), static f => f.Value.StartsWith("1 of 4 outputs were never trained", StringComparison.Ordinal));

    [Fact]
    public void ALungSegmenterIsRunToo()
    {
        using TemporaryFolder folder = new();
        string path = TinyOnnx.For(ConformanceCards.LungSegmenter).Save(folder.Path);
        Assert.Contains(new OnnxCardProbe(path).Look(), static f => f.Name == "drawn chest" && f.Value.StartsWith("lungs are", StringComparison.Ordinal));
    }

    private static DiagnosticFact[] Check(TinyOnnx model, CxrModelCard card)
    {
        using TemporaryFolder folder = new();
        return [.. new OnnxCardProbe(Save(folder, model, card)).Look()];
    }

    private static string Save(TemporaryFolder folder, TinyOnnx model, CxrModelCard card)
    {
        string path = model.Save(folder.Path);
        File.WriteAllText(folder.File("tiny.card.json"), card.ToJson());
        return path;
    }
}
