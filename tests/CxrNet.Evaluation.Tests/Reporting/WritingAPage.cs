using System.Xml.Linq;

namespace CxrNet.Evaluation.Tests;

public sealed class WritingAPage
{
    private static readonly ScoreTable Table = new(["normal", "a<b"], [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.6, 0.4]);

    [Fact]
    public void EveryPlotIsWellFormedAndSaysItsNumbers()
    {
        EvaluationReport report = Report();
        foreach (string svg in new[] { EvaluationPlots.Roc(report), EvaluationPlots.Reliability(report), EvaluationPlots.Confusion(report) })
        {
            Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        }

        Assert.Contains("a&lt;b 0.750", EvaluationPlots.Roc(report), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePageHoldsFiguresThumbnailsAndNothingUnescaped()
    {
        EvaluationReport report = Report();
        report = report with
        {
            Notes = ["<script>"],
            WorstErrors = [.. report.WorstErrors.Select(e => e with { File = "x&y.png", Thumbnail = new byte[] { 1, 2, 3 } })],
            Subgroups = new Dictionary<string, IReadOnlyDictionary<string, ClassificationReport>> { ["source"] = ClassificationReport.ByGroup([0, 1, 0, 1], Table.ArgMax(), Table.Names, ["k", "k", "n", "n"]) },
        };
        StringWriter writer = new();
        EvaluationHtml.Write(report, writer);
        string page = writer.ToString();
        Assert.Contains("0.500 (0.150 to 0.850)", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,AQID", page, StringComparison.Ordinal);
        Assert.Contains("x&amp;y.png", page, StringComparison.Ordinal);
        Assert.Contains("<h2>By source</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsAreCalledWhatTheyAre()
    {
        StringWriter writer = new();
        EvaluationHtml.Write(EvaluationReport.From("toy", "toy-1", Table, [0, 1, 0, 1], new BootstrapOptions { Replicates = 50, Confidence = 0.9 }), writer);
        Assert.Contains("accuracy (Wilson 90 %)", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("95 %", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSurestErrorComesFirst()
    {
        IReadOnlyList<WorstError> errors = Report().WorstErrors;
        Assert.Equal([2, 3], errors.Select(e => e.Row));
        Assert.Equal(("normal", "a<b", 0.7), (errors[0].Truth, errors[0].Predicted, errors[0].Confidence));
    }

    private static EvaluationReport Report() => EvaluationReport.From("toy", "toy-1", Table, [0, 1, 0, 1], new BootstrapOptions { Replicates = 50 });
}
