using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class ReadingACard
{
    [Fact]
    public void WhatACardLeavesOutHasTheDefaultOfTheRecord()
    {
        CxrModelCard card = CxrModelCardJson.Parse("""{ "id": "x", "input": { "height": 32, "width": 24 }, "findings": [{ "name": "a" }], "network": { "family": "unet" } }""", "test");
        CxrModelCard expected = new()
        {
            Id = "x",
            Input = new CardInput { Height = 32, Width = 24 },
            Findings = [new CardFinding("a")],
            Network = new CardNetwork { Family = "unet" },
        };
        Assert.Equal(expected.ToJson(), card.ToJson());
        Assert.Equal(1, card.Temperature);
        Assert.Equal(1, card.Input.Channels);
        Assert.Equal("logits", card.Outputs.Logits);
        CxrModelCardCheck.Require(card, CxrModelTask.Classification, "test");
    }

    [Fact]
    public void ACardWithoutANetworkHasNone() =>
        Assert.Null(CxrModelCardJson.Parse("""{ "id": "x", "input": { "height": 32, "width": 24 } }""", "test").Network);

    [Fact]
    public void WrittenAndReadItIsTheSame()
    {
        foreach (CxrModelCard card in new[] { ConformanceCards.Classifier, ConformanceCards.LungSegmenter })
        {
            CxrModelCard read = CxrModelCardJson.Parse(card.ToJson(), "test");
            Assert.Equal(card.ToJson(), read.ToJson());
            Assert.Equal(card.Outputs, read.Outputs);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("""{ "id": "x" }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32 } }""")]
    [InlineData("""{ "id": "x", "input": null }""")]
    [InlineData("""{ "id": "x", "id": "y", "input": { "height": 32, "width": 32 } }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32, "width": 32 }, "findings": null }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32, "width": 32 }, "findings": [null] }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32, "width": 32 }, "findings": [{ "threshold": 0.5 }] }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32, "width": 32 }, "temperature": "warm" }""")]
    [InlineData("""{ "id": "x", "input": { "height": 32, "width": 32 }, "activation": "tanh" }""")]
    public void WhatIsNoCardIsRefusedByName(string json)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() =>
            CxrModelCardCheck.Require(CxrModelCardJson.Parse(json, "model.card.json"), CxrModelTask.Classification, "model.card.json"));
        Assert.Contains("model.card.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void AContradictionIsRefused(CxrModelCard card, string says)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => CxrModelCardCheck.Require(card, CxrModelTask.Classification, "test"));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<CxrModelCard, string> Contradictions()
    {
        CxrModelCard good = ConformanceCards.Classifier;
        return new()
        {
            { good with { SchemaVersion = 2 }, "schema 2" },
            { good with { Temperature = 0 }, "temperature 0" },
            { good with { Temperature = float.NaN }, "temperature NaN" },
            { good with { Findings = [] }, "0 findings" },
            { good with { Findings = [new CardFinding(""), new CardFinding("")] }, "none of them trained" },
            { good with { Findings = [new CardFinding("a"), new CardFinding("a")] }, "'a' twice" },
            { good with { Findings = [new CardFinding("a", 1.5f)] }, "threshold 1.5" },
            { good with { Input = good.Input with { Channels = 2 } }, "2 input channels" },
            { good with { Input = good.Input with { Width = 100_000 } }, "100000 x 32" },
            { good with { Input = good.Input with { Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd } } }, "0 means" },
            { good with { Outputs = new CardOutputs { Map = "logits" } }, "as logits and as map" },
            { good with { Outputs = new CardOutputs { Logits = null } }, "no logits output" },
        };
    }
}
