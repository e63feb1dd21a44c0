using System.Globalization;
using System.Net;

namespace CxrNet.Evaluation;

/// <summary>Writes a comparison of explanation methods as one HTML page that needs nothing else: tables, curves and pictures are inside, for light and dark screens and for paper.</summary>
public static class MapReportHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">UTF-8; stays open.</param>
    /// <param name="report">What it shows.</param>
    public static void Write(TextWriter writer, MapReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escape(report.Title)} - {Escape(report.ModelId)}</title><style>{MapReportStyle.Css}</style></head><body>");
        writer.Write($"<header><h1>Explanation methods: {Escape(report.Title)}</h1><p>Model <b>{Escape(report.ModelId)}</b>, {report.Table.Images.ToString(CultureInfo.InvariantCulture)} images, {report.Table.Methods.Count.ToString(CultureInfo.InvariantCulture)} methods. Research software, not a medical device.</p><ul class=\"notes\">");
        foreach (string note in report.Notes)
        {
            writer.Write($"<li>{Escape(note)}</li>");
        }

        writer.Write("</ul></header><main>");
        Pictures(writer, report.Pictures);
        writer.Write($"<section><h2>The main figures</h2><p class=\"note\">Mean over the images; below it the {MapReportTables.Share(report.Table.Confidence)} bootstrap interval of the mean, by patient. ★ marks the best method of a column; controls, in italics, are no candidates. Select a heading to sort by it.</p>");
        MapReportTables.Figures(writer, report.Table, [.. report.Table.Metrics.Where(m => MapReportTables.Main.Contains(m.Name))]);
        writer.Write("</section>");
        if (report.Reference is { } reference && report.Differences.Count > 0)
        {
            writer.Write($"<section><h2>{Escape(reference)} against each of the others</h2><p class=\"note\">On the images that both have: the mean of the differences and its {MapReportTables.Share(report.Differences[0].Confidence)} interval, turned so that more is better for {Escape(reference)}. ▲ the interval lies above 0, ▼ below, · it holds 0, or there are fewer than five images.</p>");
            MapReportTables.Differences(writer, report);
            writer.Write("</section>");
        }

        MapReportCurves.Write(writer, report);
        writer.Write("<section><h2>All figures</h2><details><summary>Every figure of every method</summary>");
        MapReportTables.Figures(writer, report.Table, report.Table.Metrics);
        writer.Write("</details></section><section><h2>What the figures say</h2><dl>");
        foreach (MapMetric metric in report.Table.Metrics)
        {
            writer.Write($"<dt>{Escape(metric.Name)}</dt><dd>{Escape(metric.Description)}{(metric.Better > 0 ? " Higher is better." : metric.Better < 0 ? " Lower is better." : "")}</dd>");
        }

        writer.Write($"</dl></section></main><script>{MapReportStyle.Sort}</script></body></html>");
    }

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    internal static bool IsControl(string method) => method is "random" or "lungs";

    private static void Pictures(TextWriter writer, IReadOnlyList<MapPicture> pictures)
    {
        if (pictures.Count == 0)
        {
            return;
        }

        string[] columns = [.. pictures.Select(p => p.Column).Distinct()];
        writer.Write("<section><h2>Pictures</h2><p class=\"note\">The colours of each map reach their full strength at its own 99th percentile, or no two methods could be looked at side by side (the network's own, 0 … 1, keeps its scale): compare places, not strengths. Blue speaks against the finding.</p><div class=\"scroll\"><table class=\"grid\"><thead><tr><th scope=\"col\">image</th>");
        foreach (string column in columns)
        {
            writer.Write($"<th scope=\"col\">{(column == "image" ? "X-ray" : Escape(column))}</th>");
        }

        writer.Write("</tr></thead><tbody>");
        foreach (IGrouping<string, MapPicture> row in pictures.GroupBy(p => p.Row))
        {
            writer.Write($"<tr><th scope=\"row\">{Escape(row.Key.Replace('_', ' '))}</th>");
            foreach (string column in columns)
            {
                writer.Write(row.FirstOrDefault(p => p.Column == column) is { } picture
                    ? $"<td><img alt=\"{(column == "image" ? "X-ray" : "Map of " + Escape(column))}, {Escape(row.Key)}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.Png.Span)}\"></td>"
                    : "<td></td>");
            }

            writer.Write("</tr>");
        }

        writer.Write("</tbody></table></div></section>");
    }
}
