using System.Text.Json;
using CxrNet.Models;

namespace CxrNet.Cli.Tests;

public sealed class DiagnosingTheMachine
{
    private static readonly string[] Needed = ["runtime .NET", "cpu instruction sets", "onnx native library", "onnx providers", "onnx CUDA", "torch libtorch", "imaging SkiaSharp", "imaging fonts", "gpu NVIDIA driver"];

    [Fact]
    public void EverythingIsNamedAndWhatIsMissingAndNotNeededIsNoFailure()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("doctor", cli.Model, "--json");
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(0, result.ExitCode);
        Assert.False(json.GetProperty("broken").GetBoolean());
        Dictionary<string, JsonElement> facts = json.GetProperty("facts").EnumerateArray().ToDictionary(static f => $"{f.GetProperty("area").GetString()} {f.GetProperty("name").GetString()}");
        Assert.All(Needed, name => Assert.True(facts.ContainsKey(name), name));
        Assert.Equal("fine", facts[$"model {cli.Model} on onnx"].GetProperty("status").GetString());
        Assert.Equal("warning", facts["torch libtorch"].GetProperty("status").GetString());
        Assert.All(facts.Values, static f => Assert.True(f.GetProperty("status").GetString() is "fine" or "note" || f.GetProperty("advice").GetString()!.Length > 0, f.GetRawText()));
    }

    [Fact]
    public void WhatIsNeededAndMissingIsBroken()
    {
        using Cli cli = new();
        CliResult torch = Cli.Run("doctor", cli.Model, "--torch");
        Assert.Equal(1, torch.ExitCode);
        Assert.Contains("2 broken", torch.Output, StringComparison.Ordinal);
        Assert.Contains("WithTorch=true", string.Concat(torch.Output.Split('\n').Select(static l => l.Trim())), StringComparison.Ordinal);

        CliResult damaged = Cli.Run("doctor", cli.Write("damaged.onnx", [1, 2, 3]), "--json");
        Assert.Equal(1, damaged.ExitCode);
        JsonElement fact = Assert.Single(Assert.Single(damaged.Json).GetProperty("facts").EnumerateArray(), static f => f.GetProperty("status").GetString() == "broken");
        Assert.Contains("damaged.onnx", fact.GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePeoplesTableEndsWithTheVerdict()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("doctor", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("nothing that is needed is broken.", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void TheModelsThatComeWithTheProgramAreTried()
    {
        Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable && BundledModels.Lungs.IsAvailable, "The weights are not in this build.");
        JsonElement[] models = [.. Assert.Single(Cli.Run("doctor", "--json").Json).GetProperty("facts").EnumerateArray().Where(static f => f.GetProperty("area").GetString() == "model")];
        Assert.Equal(2, models.Length);
        Assert.All(models, static m => Assert.Equal("fine", m.GetProperty("status").GetString()));
        Assert.Contains(BundledModels.CxrNetS.Card.Id, models[0].GetProperty("value").GetString(), StringComparison.Ordinal);
    }
}
