using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.Evaluation;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

/// <summary>Models whose findings do not exclude each other: a label names any number of them.</summary>
public sealed class EvaluatingSeveralFindings
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    [Fact]
    public void TheFiguresFollowFromWhatClassifySays()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 12);
        Dictionary<string, JsonElement> said = Cli.Run("classify", cli.Path("images"), "--model", cli.Model, "--card", card, "--json").Json.ToDictionary(static j => Path.GetFileName(j.GetProperty("file").GetString()!));
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--card", card, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(12, json.GetProperty("n").GetInt32());
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest);
        List<double> areas = [];
        foreach ((JsonElement finding, int c) in json.GetProperty("per_finding").EnumerateArray().Select(static (f, i) => (f, i)))
        {
            double[] scores = [.. entries.Select(e => said[Path.GetFileName(e.File)].GetProperty("findings")[c].GetProperty("probability").GetDouble())];
            bool[] positive = [.. entries.Select(e => e.Label.Split('|').Contains(Names[c]))];
            Assert.Equal(Names[c], finding.GetProperty("name").GetString());
            Assert.Equal(positive.Count(static p => p), finding.GetProperty("support").GetInt32());
            areas.Add(RocArea.Of(scores, positive));
            Assert.Equal(areas[^1], finding.GetProperty("roc_auc").GetDouble(), 1e-9);
            Assert.Equal(OperatingPoint.AtThreshold(scores, positive, said.Values.First().GetProperty("findings")[c].GetProperty("threshold").GetDouble()).Sensitivity, finding.GetProperty("sensitivity").GetDouble(), 1e-9);
            Assert.Equal(BrierScore.Binary(scores, positive), finding.GetProperty("brier").GetDouble(), 1e-6);
            Assert.Equal(PrecisionRecallCurve.From(scores, positive).AveragePrecision, finding.GetProperty("average_precision").GetDouble(), 1e-9);
        }

        Assert.Equal(4, areas.Count);
        Assert.Equal(areas.Average(), json.GetProperty("macro_roc_auc").GetDouble(), 1e-9);
        Assert.Equal("images", json.GetProperty("intervals").GetString());
        Assert.Equal(1, json.GetProperty("unknown_labels").GetProperty("Hernia").GetInt32());
        Assert.Equal(["north", "south", "unknown"], json.GetProperty("subgroups").GetProperty("source").EnumerateArray().Select(static g => g.GetProperty("name").GetString()));
    }

    [Fact]
    public void ImagesOfOnePatientAreNoIndependentCases()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 24);
        string[] lines = File.ReadAllLines(manifest);
        string byPatient = cli.Write("patients.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [lines[0] + ",patient_id", .. lines[1..].Select(static (line, i) => $"{line},{i / 4}")])));
        JsonElement Covid(string data) => Assert.Single(Cli.Run("evaluate", "--data", data, "--model", cli.Model, "--card", card, "--json").Json);
        JsonElement images = Covid(manifest), patients = Covid(byPatient);
        Assert.Equal("patients", patients.GetProperty("intervals").GetString());
        Assert.Equal(images.GetProperty("per_finding")[3].GetProperty("roc_auc").GetDouble(), patients.GetProperty("per_finding")[3].GetProperty("roc_auc").GetDouble());
        Assert.NotEqual(images.GetProperty("per_finding")[3].GetProperty("roc_auc_interval")[0].GetDouble(), patients.GetProperty("per_finding")[3].GetProperty("roc_auc_interval")[0].GetDouble());
    }

    [Fact]
    public void AnOutputThatWasNeverTrainedIsNotMeasured()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 8);
        CxrModelCard all = CxrModelCardJson.Parse(File.ReadAllText(card), card);
        string three = cli.Write("three.json", System.Text.Encoding.UTF8.GetBytes((all with { Findings = [all.Findings[0], new CardFinding(""), .. all.Findings.Skip(2)] }).ToJson()));
        JsonElement json = Assert.Single(Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--card", three, "--json").Json);
        Assert.Equal(["normal", "viral_pneumonia", "covid19"], json.GetProperty("per_finding").EnumerateArray().Select(static f => f.GetProperty("name").GetString()));
        Assert.Equal(all.Findings.Where(static f => f.Name != "bacterial_pneumonia").Select(static f => (double)f.Threshold), json.GetProperty("per_finding").EnumerateArray().Select(static f => f.GetProperty("threshold").GetDouble()));
        Assert.Equal(2, json.GetProperty("unknown_labels").GetProperty("bacterial_pneumonia").GetInt32());
    }

    [Fact]
    public void ForPeopleThereIsATableOfTheFindings()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 6);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--card", card);
        Assert.Equal(0, result.ExitCode);
        Assert.All(Names.Append("mean ROC area"), said => Assert.Contains(said, result.Output, StringComparison.Ordinal));
        Assert.Contains("has no finding for", result.Error, StringComparison.Ordinal);
        Assert.Contains("Hernia (1)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FiguresGoIntoACard()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 8);
        string model = TinyOnnx.For(ConformanceCards.Classifier with { Activation = FindingActivation.Sigmoid }).Save(Directory.CreateDirectory(cli.Path("several")).FullName);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", model, "--record", card, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        IReadOnlyDictionary<string, double> metrics = CxrModelCardJson.Parse(File.ReadAllText(card), card).Metrics;
        Assert.Equal(8, metrics["test.n"]);
        Assert.InRange(metrics["test.macro_roc_area"], 0, 1);
        foreach (JsonElement finding in Assert.Single(result.Json).GetProperty("per_finding").EnumerateArray())
        {
            string name = "test." + finding.GetProperty("name").GetString();
            Assert.Equal(finding.GetProperty("support").GetInt32(), metrics[name + ".n"]);
            Assert.Equal(finding.GetProperty("roc_auc").GetDouble(), metrics[name + ".roc_area"], 1e-4);
            Assert.Equal(finding.GetProperty("f1").GetDouble(), metrics[name + ".f1"], 1e-4);
        }
    }

    [Fact]
    public void ScoresThatAreWrittenRefitTheCard()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 40);
        string scores = cli.Path("scores.csv"), refitted = cli.Path("refitted.json");
        Assert.Equal(0, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--card", card, "--scores", scores, "--json").ExitCode);
        CxrModelCard before = CxrModelCardJson.Parse(File.ReadAllText(card), card) with { Metrics = new Dictionary<string, double> { ["test.n"] = 40, ["test.covid19.f1"] = 0.5, ["test.macro_f1"] = 0.5, ["test.covid19.roc_area"] = 0.5 } };
        File.WriteAllText(card, before.ToJson());
        CliResult result = Cli.Run("calibrate", scores, "--card", card, "--out", refitted, "--site", "north");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Hernia (1)", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is excluded", result.Output, StringComparison.Ordinal);
        CxrModelCard written = CxrModelCardJson.Parse(File.ReadAllText(refitted), refitted);
        Assert.Equal(FindingActivation.Sigmoid, written.Activation);
        Assert.Equal(40, written.Metrics["site.n"]);

        // F1 was counted at thresholds that are gone.
        Assert.Equal(["test.covid19.roc_area", "test.n"], written.Metrics.Keys.Where(static key => key.StartsWith("test.", StringComparison.Ordinal)));
        Assert.All(written.Findings, static f => Assert.StartsWith("Youden on north (", f.ThresholdProvenance, StringComparison.Ordinal));
        Assert.Equal(0, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--card", refitted, "--json").ExitCode);
    }

    [Fact]
    public void ProbabilitiesAreToldFromLogits()
    {
        using Cli cli = new();
        string card = Card(cli), columns = "label," + string.Join(',', Names);
        string probabilities = Table("p.csv", "0.9,0.8,0.1,0.2"), logits = Table("l.csv", "2.5,-1,0.1,3");
        Assert.Contains("every row lies in 0 to 1, so these are probabilities", Calibrate(probabilities).OneError(), StringComparison.Ordinal);
        Assert.Contains("not every row lies in 0 to 1", Calibrate(logits, "--probabilities").OneError(), StringComparison.Ordinal);
        Assert.Equal(0, Calibrate(probabilities, "--probabilities").ExitCode);
        Assert.Contains("no label names a finding", Calibrate(cli.Write("n.csv", System.Text.Encoding.UTF8.GetBytes($"{columns}\nHernia,1,2,3,4\n"))).OneError(), StringComparison.Ordinal);
        Assert.Contains("a header and no row", Calibrate(cli.Write("e.csv", System.Text.Encoding.UTF8.GetBytes(columns + "\n"))).OneError(), StringComparison.Ordinal);

        string Table(string name, string row) => cli.Write(name, System.Text.Encoding.UTF8.GetBytes($"{columns}\nnormal|covid19,{row}\n,{row}\n"));
        CliResult Calibrate(string scores, params string[] options) => Cli.Run(["calibrate", scores, "--card", card, "--out", cli.Path("out.json"), .. options]);
    }

    [Fact]
    public void WhatCannotBeMeasuredIsSaidBeforeAnythingIsScored()
    {
        using Cli cli = new();
        (string manifest, string card) = Several(cli, 4);
        void Refused(string message, string data, params string[] options)
        {
            CliResult result = Cli.Run(["evaluate", "--data", data, "--model", cli.Model, "--card", card, .. options]);
            Assert.Contains(message, result.OneError(), StringComparison.Ordinal);
            Assert.DoesNotContain("evaluated", result.Error, StringComparison.Ordinal);
        }

        Refused("--html draws one finding an image", manifest, "--html", cli.Path("report"));
        Assert.False(Directory.Exists(cli.Path("report")));
        Refused("do not exclude each other", manifest, "--shortcuts", "--train-split", "test");
        string[] lines = File.ReadAllLines(manifest);
        string other = cli.Write("other.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [lines[0], .. lines[1..].Select(static line => $"{line.Split(',')[0]},Hernia|Mass,test,")])));
        Refused("is labelled with a finding of", other);
    }

    private static string Card(Cli cli) =>
        cli.Write("multi.card.json", System.Text.Encoding.UTF8.GetBytes((OnnxCard.Read(cli.Model) with { Activation = FindingActivation.Sigmoid }).ToJson()));

    // Labels that overlap: every third image has normal beside its own class, the first one something that the model does not know.
    private static (string Manifest, string Card) Several(Cli cli, int count)
    {
        string manifest = cli.Manifest(count, columns: ",source", values: static i => i == 0 ? "," : i % 2 == 0 ? ",north" : ",south");
        string[] lines = File.ReadAllLines(manifest);
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            cells[1] = (i % 3 == 0 ? "normal|" : "") + cells[1] + (i == 1 ? "|Hernia" : "");
            lines[i] = string.Join(',', cells);
        }

        File.WriteAllLines(manifest, lines);
        return (manifest, Card(cli));
    }
}
