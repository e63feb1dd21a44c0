using System.Text.Json;
using CxrNet.Evaluation;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

public sealed class EvaluatingAModel
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    [Fact]
    public void TheFiguresFollowFromWhatClassifySays()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 9);
        Dictionary<string, string> called = Cli.Run("classify", cli.Path("images"), "--model", cli.Model, "--json").Json
            .ToDictionary(j => Path.GetFileName(j.GetProperty("file").GetString()!), j => j.GetProperty("top").GetString()!);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--split", "test", "--json", "--model", cli.Model, "--batch", "4");
        Assert.Equal(0, result.ExitCode);
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(["n", "accuracy", "macro_f1", "per_class", "confusion"], json.EnumerateObject().Select(p => p.Name).Take(5));
        Assert.Equal(9, json.GetProperty("n").GetInt32());
        Assert.Equal(called.Count(c => c.Key.StartsWith(c.Value, StringComparison.Ordinal)) / 9.0, json.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(Names, json.GetProperty("per_class").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("per_class").EnumerateArray(), c => Assert.Equal(["name", "precision", "recall", "f1", "support"], c.EnumerateObject().Select(p => p.Name).Take(5)));
        int[][] confusion = [.. json.GetProperty("confusion").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetInt32()).ToArray())];
        for (int truth = 0; truth < 4; truth++)
        {
            for (int predicted = 0; predicted < 4; predicted++)
            {
                Assert.Equal(called.Count(c => c.Key.StartsWith(Names[truth], StringComparison.Ordinal) && c.Value == Names[predicted]), confusion[truth][predicted]);
            }
        }
    }

    [Fact]
    public void ForPeopleThereIsATable()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("evaluate", "--data", Manifest(cli, 4), "--model", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("accuracy", result.Output, StringComparison.Ordinal);
        Assert.All(Names, n => Assert.Contains(n, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void ThePageHasPlotsAndTheWorstErrorsAndIsIgnoredByGit()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 8);
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--html", cli.Path("report"), "--json");
        Assert.Equal(0, result.ExitCode);
        string page = File.ReadAllText(cli.Path("report/index.html"));
        Assert.Equal(3, page.Split("<svg ").Length - 1);
        int wrong = 8 - (int)Math.Round(8 * Assert.Single(result.Json).GetProperty("accuracy").GetDouble());
        Assert.Equal(wrong, page.Split("data:image/png;base64,").Length - 1);
        Assert.Contains("*", File.ReadAllLines(cli.Path("report/.gitignore")));
        Assert.Equal(2, Directory.GetFiles(cli.Path("report")).Length);
    }

    [Fact]
    public void AGitignoreThatIsThereKeepsItsLinesAndNamesThePage()
    {
        using Cli cli = new();
        string manifest = cli.Manifest(4), ignore = cli.Write("site/.gitignore", "bin/"u8.ToArray());
        for (int run = 0; run < 2; run++)
        {
            Assert.Equal(0, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--html", cli.Path("site"), "--json").ExitCode);
            Assert.Equal(["bin/", "# Pictures of patients.", "/index.html", "/index.html.*.tmp"], File.ReadAllLines(ignore));
        }
    }

    [Fact]
    public void WhereResultsCannotGoIsSaidBeforeAnythingIsScored()
    {
        using Cli cli = new();
        string manifest = cli.Manifest(4), none = cli.Write("none.json", "{}"u8.ToArray());
        void Refused(string message, params string[] options)
        {
            CliResult result = Cli.Run(["evaluate", "--data", manifest, "--model", cli.Model, "--json", .. options]);
            Assert.Contains(message, result.OneError(), StringComparison.Ordinal);
            Assert.Equal("", result.Output);
            Assert.DoesNotContain("evaluated", result.Error, StringComparison.Ordinal);
        }

        Refused("none.json", "--record", none);
        Refused("no.json", "--record", cli.Path("no.json"));
        Refused("--scores '" + cli.Path("no/such/s.csv"), "--scores", cli.Path("no/such/s.csv"));
        Refused("none.json", "--html", none);
    }

    [Fact]
    public void TheFiguresAreOutThoughAResultCannotBeWritten()
    {
        using Cli cli = new();
        Directory.CreateDirectory(cli.Path("s.csv"));
        CliResult result = Cli.Run("evaluate", "--data", cli.Manifest(4), "--model", cli.Model, "--json", "--scores", cli.Path("s.csv"));
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(4, Assert.Single(result.Json).GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("--guard and --shortcuts measure different things", "--guard", "--shortcuts")]
    [InlineData("--task lungs and --guard measure different things", "--task", "lungs", "--guard")]
    [InlineData("--html has no meaning with --task lungs", "--task", "lungs", "--html", "x")]
    [InlineData("--card has no meaning with --task lungs", "--task", "lungs", "--card", "x")]
    [InlineData("--scores has no meaning with --guard", "--guard", "--scores", "x")]
    [InlineData("--tta has no meaning with --shortcuts", "--shortcuts", "--tta", "4")]
    [InlineData("--healthy has no meaning without --shortcuts", "--healthy", "normal")]
    [InlineData("--train-split has no meaning without --shortcuts", "--guard", "--train-split", "x")]
    [InlineData("--tta measures several views", "--record", "card.json", "--tta", "4")]
    public void OptionsThatWouldBePassedOverAreRefused(string message, params string[] options)
    {
        CliResult result = Cli.Run(["evaluate", "--data", "m.csv", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsAreByPatientWhereAPatientHasSeveralImages()
    {
        using Cli cli = new();
        JsonElement Interval(string columns, Func<int, string> values, string said)
        {
            string manifest = cli.Manifest(12, columns: columns, values: values);
            Assert.Contains(said, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
            return Assert.Single(Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--json").Json);
        }

        JsonElement images = Interval(",patient_id", static i => $",p{i}", "95 % intervals of Wilson");
        JsonElement patients = Interval(",patient_id", static i => $",p{i / 3}", "bootstrap over 4 patients");
        Assert.Equal(["images", "patients"], new[] { images, patients }.Select(static line => line.GetProperty("intervals").GetString()));
        Assert.Equal(images.GetProperty("accuracy").GetDouble(), patients.GetProperty("accuracy").GetDouble());
        Assert.NotEqual(images.GetProperty("accuracy_interval")[0].GetDouble(), patients.GetProperty("accuracy_interval")[0].GetDouble());
    }

    [Fact]
    public void AScoresFileSurvivesNamesWithQuotesAndCommas()
    {
        using Cli cli = new();
        string manifest = cli.Manifest(4), image = Directory.GetFiles(cli.Path("images"))[0];
        File.Move(image, cli.Path("images/a, \"b\".png"));
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace($"images/{Path.GetFileName(image)}", "\"images/a, \"\"b\"\".png\"", StringComparison.Ordinal));
        Assert.Equal(0, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--json", "--scores", cli.Path("s.csv")).ExitCode);
        using StreamReader reader = new(cli.Path("s.csv"));
        Assert.Contains("a, \"b\".png", LabelledScores.ReadCsv(reader, Names, "s.csv").Files);
        Assert.Equal(["s.csv"], Directory.GetFiles(cli.Path("."), "s.csv*").Select(Path.GetFileName));
    }

    [Fact]
    public void ScoresThatAreWrittenRefitACard()
    {
        using Cli cli = new();
        string scores = cli.Path("scores.csv");
        Assert.Equal(0, Cli.Run("evaluate", "--data", Manifest(cli, 48), "--model", cli.Model, "--scores", scores, "--json").ExitCode);

        CliResult result = Cli.Run("calibrate", scores, "--model", cli.Model, "--out", cli.Path("card.json"), "--site", "north");
        Assert.Contains("a finding is excluded below a probability of ", result.Output, StringComparison.Ordinal);

        Assert.Equal(0, result.ExitCode);
        CxrModelCard card = CxrModelCardJson.Parse(File.ReadAllText(cli.Path("card.json")), "card.json");
        Assert.Equal(48, card.Metrics["site.n"]);
        Assert.NotNull(card.Abstain);
        Assert.All(card.Findings, static f => Assert.Contains("north", f.ThresholdProvenance, StringComparison.Ordinal));
        Assert.Contains("no probabilities", Cli.Run("calibrate", scores, "--model", cli.Model, "--out", cli.Path("x.json"), "--probabilities").OneError(), StringComparison.Ordinal);
        Assert.False(File.Exists(cli.Path("x.json")));
    }

    [Fact]
    public void ARefitWritesOverNothingThatItReads()
    {
        using Cli cli = new();
        string scores = cli.Path("scores.csv"), card = cli.Path("card.json");
        Assert.Equal(0, Cli.Run("evaluate", "--data", Manifest(cli, 48), "--model", cli.Model, "--scores", scores, "--json").ExitCode);
        void Refused(string message, string target, string source)
        {
            byte[] before = File.ReadAllBytes(scores);
            Assert.Contains(message, Cli.Run("calibrate", scores, "--card", source, "--out", target).OneError(), StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(scores));
        }

        Refused("would overwrite", Path.Combine(cli.Path("x"), "..", "scores.csv"), cli.Model);
        Refused("would overwrite", cli.Model, cli.Model);
        Refused("there is no folder", cli.Path("none/card.json"), cli.Model);
        Assert.Equal(0, Cli.Run("calibrate", scores, "--card", cli.Model, "--out", card).ExitCode);
        Refused("--force", card, card);
        Assert.Equal(0, Cli.Run("calibrate", scores, "--card", card, "--out", card, "--force").ExitCode);
    }

    [Fact]
    public void FiguresAreRecordedInACardBesideThoseOfOtherSplits()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 8), card = cli.Path("card.json");
        CxrModelCard before = OnnxCard.Read(cli.Model) with { Metrics = new Dictionary<string, double> { ["val.accuracy"] = 0.25, ["test.accuracy"] = 0.125 } };
        File.WriteAllText(card, before.ToJson());

        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--record", card, "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement line = Assert.Single(result.Json);
        CxrModelCard after = CxrModelCardJson.Parse(File.ReadAllText(card), card);
        Assert.Equal(line.GetProperty("accuracy").GetDouble(), after.Metrics["test.accuracy"], 1e-4);
        Assert.Equal(line.GetProperty("per_class")[3].GetProperty("recall").GetDouble(), after.Metrics["test.covid19.recall"], 1e-4);
        Assert.Equal(8, after.Metrics["test.n"]);
        Assert.Equal(0.25, after.Metrics["val.accuracy"]);
        Assert.Equal(before.Id, after.Id);
    }

    [Fact]
    public void ViewsChangeTheLogitsALittle()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 4);
        Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--scores", cli.Path("one.csv"), "--json");
        Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--scores", cli.Path("four.csv"), "--tta", "4", "--json");
        Assert.NotEqual(File.ReadAllText(cli.Path("one.csv")), File.ReadAllText(cli.Path("four.csv")));
    }

    [Fact]
    public void AModelWithoutAGuardIsToldHowToGetOne()
    {
        using Cli cli = new();
        Assert.Contains("export --calibrate", Cli.Run("evaluate", "--guard", "--data", Manifest(cli, 2), "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void ShortcutsAreMeasuredWithTheShippedSegmenter()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string manifest = Manifest(cli, 12), record = cli.Write("card.json", System.Text.Encoding.UTF8.GetBytes(OnnxCard.Read(cli.Model).ToJson()));
        File.WriteAllText(manifest, string.Join('\n', File.ReadAllLines(manifest).Select((line, i) => i == 0 ? line + ",source" : $"{(i % 3 == 0 ? line : line.Replace(",test", ",train", StringComparison.Ordinal))},{(i % 2 == 0 ? "a" : "b")}")));

        CliResult result = Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--json", "--record", record);

        Assert.Equal("", string.Join('\n', result.Error.Split('\n').Where(static l => l.StartsWith("cxrnet:", StringComparison.Ordinal))));
        JsonElement json = Assert.Single(result.Json);
        Assert.Equal(4, json.GetProperty("n").GetInt32());
        Assert.Equal(["whole image", "lungs blanked out", "lungs alone"], json.GetProperty("views").EnumerateArray().Select(v => v.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("views").EnumerateArray(), static v => Assert.InRange(v.GetProperty("probability").GetDouble(), 0.25, 1));
        Assert.All(json.GetProperty("views").EnumerateArray(), static v => Assert.False(v.TryGetProperty("does_not_know", out JsonElement share) && share.ValueKind == JsonValueKind.Number));
        Assert.Equal(4, json.GetProperty("baselines").GetArrayLength());
        CxrModelCard card = CxrModelCardJson.Parse(File.ReadAllText(record), record);
        JsonElement source = json.GetProperty("by_source")[0];
        Assert.Equal(source.GetProperty("healthy").GetInt32(), card.Metrics["test.source.a.healthy"]);
        Assert.Equal(source.GetProperty("healthy_called_disease").GetInt32(), card.Metrics["test.source.a.healthy_called_covid19"]);
        Assert.Equal(json.GetProperty("energy_in_lungs")[0].GetProperty("share").GetDouble(), card.Metrics["test.lung_energy.normal"], 1e-4);
        Assert.Equal(json.GetProperty("baselines")[3].GetProperty("accuracy").GetDouble(), card.Metrics["test.baseline.finding.outside_the_lungs.accuracy"], 1e-4);
        Assert.Contains("test.accuracy.lungs_blanked_out", card.Metrics.Keys);
        Assert.All(card.Metrics.Keys, static key => Assert.Matches("^[a-zA-Z0-9._-]+$", key));
        Assert.Equal(4, json.GetProperty("by_source").EnumerateArray().Sum(s => s.GetProperty("n").GetInt32()));
        string table = Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--healthy", "viral_pneumonia", "--disease", "bacterial_pneumonia").Output;
        Assert.Contains("lungs blanked out", table, StringComparison.Ordinal);
        Assert.Contains("bacterial_pneumonia found", table.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("--disease is 'flu'", Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--disease", "flu").OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void ScoresDoNotTakeThePlaceOfWhatIsRead()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 4), before = File.ReadAllText(manifest);
        foreach (string file in new[] { manifest, cli.Model })
        {
            Assert.Contains("would overwrite what is read", Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--scores", file).OneError(), StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllText(manifest));
    }

    [Fact]
    public void APageSaysNothingOfTheRestWhereThereIsNone()
    {
        using Cli cli = new();
        Directory.CreateDirectory(cli.Path("unsure"));
        string model = Conformance.TinyOnnx.For(OnnxCard.Read(cli.Model) with { Abstain = new CardAbstain(0.1, 1, "val") }).Save(cli.Path("unsure"));
        Assert.Equal(0, Cli.Run("evaluate", "--data", Manifest(cli, 4), "--model", model, "--html", cli.Path("page"), "--json").ExitCode);
        string page = File.ReadAllText(Directory.GetFiles(cli.Path("page"), "*.html").Single());
        Assert.Contains("does not know for 100.0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    // 0 of 0 is no recall of nothing.
    [Fact]
    public void AClassWithoutAnImageHasNoFiguresInTheCard()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 8), record = cli.Write("card.json", System.Text.Encoding.UTF8.GetBytes(OnnxCard.Read(cli.Model).ToJson()));
        File.WriteAllLines(manifest, File.ReadAllLines(manifest).Where(static line => !line.Contains(",normal,", StringComparison.Ordinal)));

        Assert.Equal(0, Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--record", record, "--json").ExitCode);

        string[] keys = [.. CxrModelCardJson.Parse(File.ReadAllText(record), record).Metrics.Keys];
        Assert.Contains("test.covid19.recall", keys);
        Assert.DoesNotContain(keys, static key => key.StartsWith("test.normal.recall", StringComparison.Ordinal) || key == "test.normal.f1");
    }

    [Fact]
    public void SourcesThatTheTrainingDoesNotKnowGiveNoAccuracyOfABaseline()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string manifest = Manifest(cli, 12), record = cli.Write("card.json", System.Text.Encoding.UTF8.GetBytes(OnnxCard.Read(cli.Model).ToJson()));
        File.WriteAllLines(manifest, [.. File.ReadAllLines(manifest).Select(static (line, i) => i == 0 ? line + ",source" : i > 4 ? $"{line.Replace(",test", ",train", StringComparison.Ordinal)},{(i % 2 == 0 ? "a" : "b")}" : $"{line},elsewhere")]);

        JsonElement json = Assert.Single(Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--json", "--record", record).Json);

        JsonElement source = json.GetProperty("baselines")[0];
        Assert.Equal(0, source.GetProperty("n").GetInt32());
        Assert.False(source.TryGetProperty("accuracy", out JsonElement accuracy) && accuracy.ValueKind == JsonValueKind.Number);
        Assert.DoesNotContain("test.baseline.source.whole_image.accuracy", CxrModelCardJson.Parse(File.ReadAllText(record), record).Metrics.Keys);
    }

    [Fact]
    public void AnUnreadableImageDoesNotStopTheShortcutChecks()
    {
        Assert.SkipUnless(BundledModels.Lungs.IsAvailable, "The lung segmenter is not in this build.");
        using Cli cli = new();
        string manifest = Manifest(cli, 10);
        File.WriteAllLines(manifest, [.. File.ReadAllLines(manifest).Select(static (line, i) => i == 0 ? line + ",source" : $"{(i > 5 ? line.Replace(",test", ",train", StringComparison.Ordinal) : line)},{(i % 2 == 0 ? "a" : "b")}")]);
        string[] lines = File.ReadAllLines(manifest), broken = [.. new[] { lines[1], lines[10] }.Select(line => cli.Path(line.Split(',')[0]))];
        Array.ForEach(broken, static file => File.WriteAllText(file, "no image"));

        CliResult result = Cli.Run("evaluate", "--shortcuts", "--data", manifest, "--model", cli.Model, "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(4, Assert.Single(result.Json).GetProperty("n").GetInt32());
        Assert.All(broken, file => Assert.Contains($"error: '{file}'", result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNothingCanBeReadThatIsSaid()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 2);
        Array.ForEach(Directory.GetFiles(cli.Path("images")), static file => File.WriteAllText(file, "no image"));
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("None of the 2 images of 'test' could be read.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnreadableImageIsNamedAndLeftOut()
    {
        using Cli cli = new();
        string manifest = Manifest(cli, 4);
        File.WriteAllText(Directory.GetFiles(cli.Path("images"))[0], "no image");
        CliResult result = Cli.Run("evaluate", "--data", manifest, "--model", cli.Model, "--json");
        Assert.Contains("error:", result.OneError(), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(result.Json).GetProperty("n").GetInt32());
    }

    [Fact]
    public void ASplitThatIsNotThereIsNamed()
    {
        using Cli cli = new();
        Assert.Contains("nowhere", Cli.Run("evaluate", "--data", Manifest(cli, 2), "--split", "nowhere", "--model", cli.Model).OneError(), StringComparison.Ordinal);
    }

    private static string Manifest(Cli cli, int count) => cli.Manifest(count);
}
