using System.Globalization;
using System.Net;

namespace CxrNet.Evaluation;

/// <summary>Writes a report as one HTML page that needs nothing else: styles, plots and thumbnails are inside.</summary>
public static class EvaluationHtml
{
    private const string Style = "body{font:14px system-ui,sans-serif;margin:2em auto;max-width:1300px;padding:0 1em;color:#222}table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.25em .6em;text-align:right}td:first-child,th:first-child{text-align:left}.plots{display:flex;flex-wrap:wrap}.errors{display:flex;flex-wrap:wrap;gap:1em}figure{margin:0;width:340px}img{width:340px;background:#000}figcaption{font-size:12px;overflow-wrap:anywhere}.note{color:#666}";

    /// <summary>Writes the page.</summary>
    /// <param name="report">What to say.</param>
    /// <param name="writer">UTF-8; stays open.</param>
    public static void Write(EvaluationReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Escape(report.Title)} - {Escape(report.ModelId)}</title><style>{Style}</style></head><body>");
        writer.Write($"<h1>{Escape(report.Title)}</h1><p>Model {Escape(report.ModelId)}, {Count(report.Classification.Count)} images. Research software, not a medical device.</p>");
        foreach (string note in report.Notes)
        {
            writer.Write($"<p class=\"note\">{Escape(note)}</p>");
        }

        Summary(report, writer);
        Classes(report, writer);
        writer.Write($"<div class=\"plots\">{EvaluationPlots.Roc(report)}{EvaluationPlots.Reliability(report)}{EvaluationPlots.Confusion(report)}</div>");
        foreach ((string name, IReadOnlyDictionary<string, ClassificationReport> groups) in report.Subgroups)
        {
            Groups(name, groups, Share(report), writer);
        }

        Errors(report, writer);
        writer.Write("</body></html>\n");
    }

    private static void Summary(EvaluationReport report, TextWriter writer)
    {
        ClassificationReport figures = report.Classification;
        Table(writer, ["figure", "value"],
        [
            [$"accuracy ({(figures.IsByPatient ? "by patient" : "Wilson")} {Share(report)})", Ends(figures.AccuracyInterval)],
            ["balanced accuracy", Number(figures.BalancedAccuracy)],
            [$"macro-F1 (bootstrap {Share(report)})", report.MacroF1.ToString()],
            ["Cohen's kappa", Number(figures.Kappa)],
            ["Matthews correlation", Number(figures.MatthewsCorrelation)],
            ["Brier score", Number(report.Brier)],
            ["log loss (nats)", Number(report.LogLoss)],
            ["expected calibration error", Number(report.Reliability.ExpectedError)],
            ["maximum calibration error", Number(report.Reliability.MaximumError)],
        ]);
    }

    private static void Classes(EvaluationReport report, TextWriter writer) =>
        Table(writer, ["class", "images", "precision", "recall", "specificity", "F1", $"ROC area ({(report.Classification.IsByPatient ? "by patient" : "DeLong")} {Share(report)})", "average precision"],
            report.Classification.Classes.Select((c, i) => new[]
            {
                c.Name, Count(c.Support), Ends(c.PrecisionInterval), Ends(c.RecallInterval), Ends(c.SpecificityInterval), Number(c.F1), Ends(report.RocIntervals[i]), Ends(report.AveragePrecision[i]),
            }));

    private static void Groups(string name, IReadOnlyDictionary<string, ClassificationReport> groups, string confidence, TextWriter writer)
    {
        if (groups.Count == 0)
        {
            return;
        }

        writer.Write($"<h2>By {Escape(name)}</h2>");
        Table(writer, [name, "images", $"accuracy ({confidence})", "macro-F1", .. groups.Values.First().Classes.Select(c => $"recall {c.Name}")],
            groups.Select(g => new[] { g.Key, Count(g.Value.Count), Ends(g.Value.AccuracyInterval), Number(g.Value.MacroF1) }.Concat(g.Value.Classes.Select(c => c.Support == 0 ? "-" : Number(c.Recall))).ToArray()));
    }

    private static void Errors(EvaluationReport report, TextWriter writer)
    {
        if (report.WorstErrors.Count == 0)
        {
            return;
        }

        writer.Write("<h2>The surest errors</h2><div class=\"errors\">");
        foreach (WorstError error in report.WorstErrors)
        {
            string picture = error.Thumbnail.IsEmpty ? "" : $"<img alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(error.Thumbnail.Span)}\">";
            writer.Write($"<figure>{picture}<figcaption>{Escape(error.File)}<br>{Escape(error.Truth)} called {Escape(error.Predicted)} ({Number(error.Confidence)})</figcaption></figure>");
        }

        writer.Write("</div>");
    }

    private static void Table(TextWriter writer, IEnumerable<string> header, IEnumerable<string[]> rows)
    {
        writer.Write($"<table><tr>{string.Concat(header.Select(h => $"<th>{Escape(h)}</th>"))}</tr>");
        foreach (string[] row in rows)
        {
            writer.Write($"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>");
        }

        writer.Write("</table>");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Share(EvaluationReport report) => MapReportTables.Share(report.Confidence);

    // An interval of everything around no figure says nothing.
    private static string Ends(Interval interval) => double.IsNaN(interval.Estimate) ? "-" : interval.ToString();

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);
}
