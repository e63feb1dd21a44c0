using System.Globalization;
using System.Net;

namespace CxrNet.Evaluation;

/// <summary>Writes a comparison of explanation methods as one HTML page that needs nothing else: table, curves and pictures are inside.</summary>
public static class MapReportHtml
{
    private const string Style = "body{font:14px system-ui,sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.25em .5em;text-align:right;vertical-align:top}td:first-child,th:first-child{text-align:left}.best{font-weight:bold}.range{color:#666;font-size:11px;display:block;white-space:nowrap}.scroll{overflow-x:auto}.plots{display:flex;flex-wrap:wrap}.grid td{padding:2px;border:0;text-align:center}.grid img{width:150px;display:block;background:#000}.grid th{border:0;font-size:12px}.note{color:#666}";
    private static readonly string[] Dashes = ["", "stroke-dasharray=\"6 3\"", "stroke-dasharray=\"2 2\"", "stroke-dasharray=\"8 2 2 2\""];

    /// <summary>Writes the page.</summary>
    /// <param name="writer">UTF-8; stays open.</param>
    /// <param name="title">For example "test split".</param>
    /// <param name="modelId">The card's id.</param>
    /// <param name="figures">One for each method and image.</param>
    /// <param name="table">What they sum up to.</param>
    /// <param name="pictures">The grid: rows and columns in the order in which they come.</param>
    /// <param name="notes">Sentences below the title.</param>
    public static void Write(TextWriter writer, string title, string modelId, IReadOnlyList<MapFigures> figures, MapTable table, IReadOnlyList<MapPicture> pictures, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(notes);
        writer.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Escape(title)} - {Escape(modelId)}</title><style>{Style}</style></head><body>");
        writer.Write($"<h1>Explanation methods: {Escape(title)}</h1><p>Model {Escape(modelId)}, {table.Images.ToString(CultureInfo.InvariantCulture)} images. Research software, not a medical device.</p>");
        foreach (string note in notes)
        {
            writer.Write($"<p class=\"note\">{Escape(note)}</p>");
        }

        Table(writer, table);
        writer.Write($"<div class=\"plots\">{Curves("Insertion (higher is better)", "pixels put back", table, figures, f => f.Insertion)}{Curves("Deletion (lower is better)", "pixels taken away", table, figures, f => f.Deletion)}</div>");
        Grid(writer, pictures);
        writer.Write("<h2>What the figures say</h2><ul>");
        foreach (MapMetric metric in table.Metrics)
        {
            writer.Write($"<li><b>{Escape(metric.Name)}</b>: {Escape(metric.Description)}{(metric.Better > 0 ? " Higher is better." : metric.Better < 0 ? " Lower is better." : "")}</li>");
        }

        writer.Write("</ul></body></html>");
    }

    private static void Table(TextWriter writer, MapTable table)
    {
        writer.Write("<h2>Figures</h2><p class=\"note\">Mean over the images; below it the 95 % bootstrap interval of the mean. The best of a column is bold; a control is no candidate.</p><div class=\"scroll\"><table><tr><th>method</th>");
        foreach (MapMetric metric in table.Metrics)
        {
            writer.Write($"<th title=\"{Escape(metric.Description)}\">{Escape(metric.Name)} {(metric.Better > 0 ? "↑" : metric.Better < 0 ? "↓" : "")}</th>");
        }

        foreach (string method in table.Methods)
        {
            writer.Write($"</tr><tr><td>{Escape(method)}</td>");
            foreach (MapMetric metric in table.Metrics)
            {
                Interval cell = table[method, metric.Name];
                writer.Write(double.IsNaN(cell.Estimate)
                    ? "<td></td>"
                    : $"<td{(IsBest(table, method, metric) ? " class=\"best\"" : "")}>{Number(cell.Estimate)}<span class=\"range\">{Number(cell.Low)} to {Number(cell.High)}</span></td>");
            }
        }

        writer.Write("</tr></table></div>");
    }

    private static bool IsBest(MapTable table, string method, MapMetric metric) =>
        metric.Better != 0 && method is not ("random" or "lungs")
        && table.Methods.Where(m => m is not ("random" or "lungs")).Select(m => table[m, metric.Name].Estimate).Where(v => !double.IsNaN(v)).All(v => metric.Better * (table[method, metric.Name].Estimate - v) >= 0);

    private static string Curves(string title, string axis, MapTable table, IReadOnlyList<MapFigures> figures, Func<MapFigures, CausalCurve?> curve)
    {
        SvgPlot plot = new SvgPlot(title, axis, "mean probability of the finding").Axes();
        for (int i = 0; i < table.Methods.Count; i++)
        {
            CausalCurve[] curves = [.. figures.Where(f => f.Method == table.Methods[i]).Select(curve).OfType<CausalCurve>()];
            if (curves.Length == 0)
            {
                continue;
            }

            int points = curves.Min(c => c.Scores.Count);
            string color = SvgPlot.Palette[i % SvgPlot.Palette.Length];
            plot.Line(Enumerable.Range(0, points).Select(p => ((double)p / (points - 1), curves.Average(c => c.Scores[p]))), color, Dashes[i / SvgPlot.Palette.Length % Dashes.Length]);
            plot.Legend(i, table.Methods[i] + (i / SvgPlot.Palette.Length % Dashes.Length > 0 ? " (dashed)" : ""), color);
        }

        return plot.ToString();
    }

    private static void Grid(TextWriter writer, IReadOnlyList<MapPicture> pictures)
    {
        if (pictures.Count == 0)
        {
            return;
        }

        string[] columns = [.. pictures.Select(p => p.Column).Distinct()];
        writer.Write("<h2>Pictures</h2><p class=\"note\">The colours of each map reach their full strength at its own 99th percentile, or no two methods could be looked at side by side: compare places, not strengths.</p><div class=\"scroll\"><table class=\"grid\"><tr><th></th>");
        foreach (string column in columns)
        {
            writer.Write($"<th>{Escape(column)}</th>");
        }

        foreach (IGrouping<string, MapPicture> row in pictures.GroupBy(p => p.Row))
        {
            writer.Write($"</tr><tr><th>{Escape(row.Key)}</th>");
            foreach (string column in columns)
            {
                writer.Write(row.FirstOrDefault(p => p.Column == column) is { } picture
                    ? $"<td><img alt=\"{Escape(column)}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.Png.Span)}\"></td>"
                    : "<td></td>");
            }
        }

        writer.Write("</tr></table></div>");
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "F0" : Math.Abs(value) >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
