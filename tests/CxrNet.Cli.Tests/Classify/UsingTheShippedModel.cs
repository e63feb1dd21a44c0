using System.Text.Json;
using CxrNet.Models;
using CxrNet.TestData;

namespace CxrNet.Cli.Tests;

/// <summary>The README's commands as they stand, with the model that comes with the program.</summary>
public sealed class UsingTheShippedModel
{
    [Fact]
    public void TheDemoPrintsFourProbabilities()
    {
        Require();
        JsonElement json = Assert.Single(Cli.Run("classify", "--demo", "--json").Json);
        Assert.Equal(4, json.GetProperty("findings").GetArrayLength());
        Assert.Equal(1, json.GetProperty("findings").EnumerateArray().Sum(f => f.GetProperty("probability").GetDouble()), 1e-5);
    }

    [Fact]
    public void ItsCardIsPrinted()
    {
        Require();
        CliResult result = Cli.Run("card");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(BundledModels.CxrNetS.Card.Id, result.Output, StringComparison.Ordinal);
        Assert.NotEqual("", BundledModels.CxrNetS.Card.License);
        Assert.NotEmpty(BundledModels.CxrNetS.Card.TrainingData);
    }

    [Fact]
    public void ARefittedCardTakesThePlaceOfItsOwn()
    {
        Require();
        using Cli cli = new();
        CxrModelCard own = BundledModels.CxrNetS.Card;
        string file = cli.Write("site.card.json", System.Text.Encoding.UTF8.GetBytes((own with { Findings = [.. own.Findings.Select(static f => f with { Threshold = 0.123f })] }).ToJson()));

        JsonElement json = Assert.Single(Cli.Run("classify", "--demo", "--json", "--card", file).Json);

        Assert.All(json.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(0.123, finding.GetProperty("threshold").GetDouble(), 1e-6));
        Assert.Equal(1, Cli.Run("classify", "--demo", "--card", file + ".not").ExitCode);
    }

    [Fact]
    public void OnTheTestSplitItIsAsGoodAsWasPromised()
    {
        Require();
        string manifest = TestFolders.RequireData("cls/manifest.csv");
        JsonElement json = Assert.Single(Cli.Run("evaluate", "--data", manifest, "--split", "test", "--json").Json);
        Assert.True(json.GetProperty("accuracy").GetDouble() >= 0.82, json.GetRawText());
        JsonElement covid = json.GetProperty("per_class").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "covid19");
        Assert.True(covid.GetProperty("f1").GetDouble() >= 0.92, json.GetRawText());
    }

    private static void Require() => Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The weights of CxrNet-S are not in this build.");
}
