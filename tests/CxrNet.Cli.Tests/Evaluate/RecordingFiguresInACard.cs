using System.Text;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

/// <summary>What evaluate --record writes belongs to the model that was measured, and the card says so.</summary>
public sealed class RecordingFiguresInACard : IDisposable
{
    private static readonly string Hash = new('a', 64);

    private readonly Cli _cli = new();
    private readonly string _manifest;

    public RecordingFiguresInACard() => _manifest = _cli.Manifest(8);

    [Fact]
    public void TheCardOfAnotherModelIsRefusedBeforeAnythingIsMeasured()
    {
        CxrModelCard own = OnnxCard.Read(_cli.Model);
        void Refused(string message, CxrModelCard card)
        {
            string file = Card(card), text = File.ReadAllText(file);
            CliResult result = Cli.Run("evaluate", "--data", _manifest, "--model", Model(Hash), "--record", file, "--json");
            Assert.Contains(message, result.OneError(), StringComparison.Ordinal);
            Assert.Equal("", result.Output);
            Assert.Equal(text, File.ReadAllText(file));
        }

        Refused("'other'; ", own with { Id = "other" });
        Refused("other_finding", own with { Findings = [.. own.Findings.Skip(1), new CardFinding("other_finding")] });
        Refused("those measured are " + Hash, own with { WeightsSha256 = new string('b', 64) });
    }

    [Fact]
    public void ACardThatNamesTheWeightsIsTheirsWhateverItIsCalled()
    {
        string file = Card(OnnxCard.Read(_cli.Model) with { Id = "called-otherwise", WeightsSha256 = Hash.ToUpperInvariant() });
        Assert.Equal(0, Cli.Run("evaluate", "--data", _manifest, "--model", Model(Hash), "--record", file, "--json").ExitCode);
        Assert.Equal(8, Read(file).Metrics["test.n"]);
    }

    [Fact]
    public void FiguresOfWeightsThatNobodyNamedGoWithTheFirstThatAreNamed()
    {
        string file = Card(OnnxCard.Read(_cli.Model) with { WeightsSha256 = "", Metrics = Metrics(("val.n", 3), ("val.ece", 0.1), ("test.guard.refused", 0.9), ("other_model.accuracy", 0.5)) });

        Assert.Equal(0, Cli.Run("evaluate", "--data", _manifest, "--model", Model(Hash), "--record", file, "--json").ExitCode);

        CxrModelCard card = Read(file);
        Assert.Equal(Hash, card.WeightsSha256);
        Assert.All(card.Metrics.Keys, static key => Assert.True(key.StartsWith("test.", StringComparison.Ordinal) || key == "other_model.accuracy", key));
        Assert.DoesNotContain("test.guard.refused", card.Metrics.Keys);
        Assert.Equal(0.5, card.Metrics["other_model.accuracy"]);
    }

    [Fact]
    public void FiguresOfOtherImagesUnderTheSameNameGoThoseOfTheSameStay()
    {
        CxrModelCard card = OnnxCard.Read(_cli.Model) with { WeightsSha256 = Hash };
        string same = Card(card with { Metrics = Metrics(("test.n", 8), ("test.guard.refused", 0.9), ("val.n", 3)) }, "same.json");
        string other = Card(card with { Metrics = Metrics(("test.n", 9), ("test.guard.refused", 0.9), ("val.n", 3)) }, "other.json");
        foreach (string file in new[] { same, other })
        {
            Assert.Equal(0, Cli.Run("evaluate", "--data", _manifest, "--model", Model(Hash), "--record", file, "--json").ExitCode);
            Assert.Equal((8.0, 3.0), (Read(file).Metrics["test.n"], Read(file).Metrics["val.n"]));
        }

        Assert.Equal(0.9, Read(same).Metrics["test.guard.refused"]);
        Assert.DoesNotContain("test.guard.refused", Read(other).Metrics.Keys);
    }

    [Fact]
    public void ASitesCardInThePlaceOfTheModelsOwnDoesNotVouchForItself()
    {
        string file = Card(OnnxCard.Read(_cli.Model) with { WeightsSha256 = new string('b', 64) });
        Assert.Contains("those measured are " + Hash, Cli.Run("evaluate", "--data", _manifest, "--model", Model(Hash), "--card", file, "--record", file, "--json").OneError(), StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private static SortedDictionary<string, double> Metrics(params (string Name, double Value)[] figures) =>
        new(figures.ToDictionary(static f => f.Name, static f => f.Value), StringComparer.Ordinal);

    private static CxrModelCard Read(string file) => CxrModelCardJson.Parse(File.ReadAllText(file), file);

    // The tiny model with weights of that name.
    private string Model(string hash)
    {
        string folder = _cli.Path(hash[..4]);
        Directory.CreateDirectory(folder);
        return Conformance.TinyOnnx.For(OnnxCard.Read(_cli.Model) with { WeightsSha256 = hash }).Save(folder);
    }

    private string Card(CxrModelCard card, string name = "card.json") => _cli.Write(name, Encoding.UTF8.GetBytes(card.ToJson()));
}
