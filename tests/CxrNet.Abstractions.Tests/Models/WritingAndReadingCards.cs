namespace CxrNet.Abstractions.Tests.Models;

public sealed class WritingAndReadingCards
{
    private static readonly CxrModelCard Full = new()
    {
        Id = "test-1",
        Description = "A card with every field set.",
        Task = CxrModelTask.Classification,
        Findings = [new CardFinding("normal"), new CardFinding(""), new CardFinding("covid19", 0.31f) { ThresholdProvenance = "Youden on val" }],
        Activation = FindingActivation.Sigmoid,
        Temperature = 1.7f,
        Input = new CardInput
        {
            Name = "x",
            Channels = 3,
            Height = 224,
            Width = 192,
            Layout = TensorLayout.Nhwc,
            Geometry = InputGeometry.Letterbox,
            Filter = ResizeFilter.Lanczos,
            Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Min = -1, Max = 2, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] },
            Lungs = LungHandling.Crop,
        },
        Outputs = new CardOutputs { Logits = "y", Map = "m", Features = "f", Pooled = "p" },
        Abstain = new CardAbstain(0.1, 0.75f, "val"),
        Guard = new CardGuard([new CardGuardPart(CardGuardSource.Pooled, 3, 2, 1, 0, 0, 1.5f, 0, "AAAA")], "train and val"),
        IntendedUse = "Research.",
        Limitations = ["Children only.", "“Quotes”, < & > and ümlauts."],
        MinAgeYears = 0.5,
        MaxAgeYears = 90,
        TrainingData = [new CardDataSource("Somebody 2020", "CC BY 4.0", "https://example.org", 17)],
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["test.accuracy"] = 0.875, ["test.covid19.f1"] = 0.9 },
        License = "MIT",
        WeightsSha256 = "ab12",
        Network = new CardNetwork { Family = "cxrnet", Feed = "blend", MapWidths = [16, 32], EncoderWidths = [32, 64] },
    };

    [Fact]
    public void ABatchHasTheOrderOfTheLayout()
    {
        CardInput input = new() { Channels = 3, Height = 4, Width = 5 };
        Assert.Equal([2, 3, 4, 5], input.ShapeOf(2));
        Assert.Equal([-1, 4, 5, 3], (input with { Layout = TensorLayout.Nhwc }).ShapeOf(-1));
    }

    [Fact]
    public void WhatWasWrittenIsReadBack()
    {
        string json = Full.ToJson();

        // Records compare lists by reference, so the text stands for the value; each field is looked for by name below.
        Assert.Equal(json, CxrModelCardJson.Parse(json, "test").ToJson());
        Assert.All(
            ["\"id\": \"test-1\"", "\"activation\": \"Sigmoid\"", "\"temperature\": 1.7", "\"thresholdProvenance\"", "\"layout\": \"Nhwc\"", "\"geometry\": \"Letterbox\"", "\"filter\": \"Lanczos\"", "\"kind\": \"MeanStd\"", "\"lungs\": \"Crop\"", "\"features\": \"f\"", "\"minAgeYears\": 0.5", "\"images\": 17", "\"test.accuracy\": 0.875", "\"weightsSha256\": \"ab12\"", "\"feed\": \"blend\""],
            field => Assert.Contains(field, json, StringComparison.Ordinal));
        Assert.DoesNotContain("isTrained", json, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOutputWithoutANameWasNotTrained() =>
        Assert.Equal([true, false, true], CxrModelCardJson.Parse(Full.ToJson(), "test").Findings.Select(static finding => finding.IsTrained));

    [Fact]
    public void WhatIsLeftOutTakesItsDefault()
    {
        CxrModelCard card = CxrModelCardJson.Parse("""{ "id": "small", "input": { "width": 8, "height": 8 } }""", "test");

        Assert.Equal(1, card.Temperature);
        Assert.Equal(ResizeFilter.Bilinear, card.Input.Filter);
        Assert.Equal(LungHandling.None, card.Input.Lungs);
        Assert.Equal("logits", card.Outputs.Logits);
        Assert.Empty(card.Findings);
    }

    [Theory]
    [InlineData("", "the card is not valid")]
    [InlineData("null", "no JSON object")]
    [InlineData("[]", "the card is not valid")]
    [InlineData("{ \"input\": { \"width\": 8, \"height\": 8 } }", "id")]
    [InlineData("{ \"id\": \"x\" }", "input")]
    [InlineData("{ \"id\": \"x\", \"input\": { \"width\": 8, \"height\": 8, \"filter\": \"Sharp\" } }", "filter")]
    public void WhatIsNoCardIsRefusedWithItsSourceAndCause(string json, string cause)
    {
        CxrModelException e = Assert.Throws<CxrModelException>(() => CxrModelCardJson.Parse(json, "weights.onnx"));

        Assert.Equal("weights.onnx", e.ModelId);
        Assert.StartsWith("'weights.onnx'", e.Message, StringComparison.Ordinal);
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
    }
}
