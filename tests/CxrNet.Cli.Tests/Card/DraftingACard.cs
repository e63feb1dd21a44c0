using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

/// <summary>From somebody else's file to a model that runs: card init, a person, card check.</summary>
public sealed class DraftingACard
{
    private static readonly TinyOnnx Foreign = TinyOnnx.For(ConformanceCards.Classifier) with { Card = null, HasMap = false };

    [Fact]
    public void ADraftLiesBesideTheModelAndRunsAndSaysWhatIsGuessed()
    {
        using Cli cli = new();
        string model = cli.Write("theirs.onnx", Foreign.ToBytes());
        CliResult drafted = Cli.Run("card", "init", model);
        Assert.Equal(0, drafted.ExitCode);
        Assert.Contains("features 'features'", drafted.Output, StringComparison.Ordinal);
        CxrModelCard card = CxrModelCardJson.Parse(File.ReadAllText(cli.Path("theirs.card.json")), "draft");
        Assert.Contains("findings", card.Guesses);

        CliResult check = Cli.Run("card", "check", model, "--json");
        Assert.Equal(0, check.ExitCode);
        Assert.Equal("warning", Fact(check, "input.normalization").GetProperty("status").GetString());
        Assert.Contains("guessed", Cli.Run("card", "check", model).Output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("classify", cli.Phantom("chest.png"), "--model", model).ExitCode);
    }

    [Fact]
    public void ACompletedCardIsFineAndImagesAreScored()
    {
        using Cli cli = new();
        string model = cli.Write("theirs.onnx", Foreign.ToBytes());
        File.WriteAllText(cli.Path("theirs.card.json"), (ConformanceCards.Classifier with { Outputs = new CardOutputs() }).ToJson());
        string image = cli.Phantom("chest.png");
        CliResult check = Cli.Run("card", "check", model, image, "--json");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("normal", Fact(check, image).GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("warning", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrongEndsWithOne()
    {
        using Cli cli = new();
        string model = cli.Write("theirs.onnx", (Foreign with { End = "Softmax" }).ToBytes());
        File.WriteAllText(cli.Path("theirs.card.json"), (ConformanceCards.Classifier with { Outputs = new CardOutputs { Logits = "scores" } }).ToJson());
        CliResult check = Cli.Run("card", "check", model, "--json");
        Assert.Equal(1, check.ExitCode);
        Assert.Equal("broken", Fact(check, "outputs.logits").GetProperty("status").GetString());

        CliResult noImage = Cli.Run("card", "check", cli.Model, cli.Write("letter.png", "a letter"u8.ToArray()), "--json");
        Assert.Equal(1, noImage.ExitCode);
        Assert.Contains("letter.png", noImage.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ACardThatIsThereStays()
    {
        using Cli cli = new();
        string model = cli.Write("theirs.onnx", Foreign.ToBytes());
        File.WriteAllText(cli.Path("theirs.card.json"), "mine");
        Assert.Contains("--force", Cli.Run("card", "init", model).OneError(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(cli.Path("theirs.card.json")));

        JsonElement json = Assert.Single(Cli.Run("card", "init", model, "--out", cli.Path("other.json"), "--json").Json);
        Assert.Equal(cli.Path("other.json"), json.GetProperty("file").GetString());
        Assert.Contains("input.filter", json.GetProperty("guesses").EnumerateArray().Select(static g => g.GetString()));
        byte[] before = File.ReadAllBytes(model);
        Assert.Contains("would overwrite what is read", Cli.Run("card", "init", model, "--out", model, "--force").OneError(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Equal(0, Cli.Run("card", "init", model, "--force").ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(cli.Path("theirs.card.json")));
    }

    [Fact]
    public void AModelWithACardInsideIsToldSo()
    {
        using Cli cli = new();
        Assert.Contains("has a card inside", Cli.Run("card", "init", cli.Model).OneError(), StringComparison.Ordinal);
    }

    private static JsonElement Fact(CliResult result, string name) =>
        Assert.Single(Assert.Single(result.Json).GetProperty("facts").EnumerateArray(), f => f.GetProperty("name").GetString() == name);
}
