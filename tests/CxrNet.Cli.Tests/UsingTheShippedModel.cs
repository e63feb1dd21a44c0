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
    public void OnTheTestSplitItIsAsGoodAsWasPromised()
    {
        Require();
        string manifest = TestFolders.RequireData("cls/manifest.csv");
        JsonElement json = Assert.Single(Cli.Run("evaluate", "--data", manifest, "--split", "test", "--json").Json);
        Assert.True(json.GetProperty("accuracy").GetDouble() >= 0.75, json.GetRawText());
        JsonElement covid = json.GetProperty("per_class").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "covid19");
        Assert.True(covid.GetProperty("f1").GetDouble() >= 0.85, json.GetRawText());
    }

    private static void Require() => Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The weights of CxrNet-S are not in this build.");
}
