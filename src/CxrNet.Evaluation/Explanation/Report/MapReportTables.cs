using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>The tables of the page.</summary>
internal static class MapReportTables
{
    // An interval of a handful of images says less than its width does.
    private const int FewestForASign = 5;

    /// <summary>What one looks at first.</summary>
    public static string[] Main { get; } = ["insertion", "deletion", "road", "average_drop", "infidelity", "evalx_kept", "evalx_complement", "evalx_own_kept", "evalx_own_complement", "lung_energy", "lung_pointing", "lesion_energy", "lesion_pointing", "lesion_auprc", "lesion_iou", "gini", "max_sensitivity", "repeat_difference", "ms"];

    public static void Figures(TextWriter writer, MapTable table, IReadOnlyList<MapMetric> metrics)
    {
        writer.Write($"<div class=\"scroll\"><table class=\"sort\"><thead><tr>{Heading("method")}{Heading("images")}");
        foreach (MapMetric metric in metrics)
        {
            writer.Write(Head(metric));
        }

        writer.Write("</tr></thead><tbody>");
        foreach (string method in table.Methods.OrderBy(MapReportHtml.IsControl))
        {
            writer.Write($"<tr{(MapReportHtml.IsControl(method) ? " class=\"control\"" : "")}><th scope=\"row\">{MapReportHtml.Escape(method)}</th><td>{table.ImagesOf(method).ToString(CultureInfo.InvariantCulture)}</td>");
            foreach (MapMetric metric in metrics)
            {
                Interval cell = table[method, metric.Name];
                writer.Write(double.IsNaN(cell.Estimate)
                    ? "<td></td>"
                    : $"<td data-v=\"{cell.Estimate.ToString("R", CultureInfo.InvariantCulture)}\"{(IsBest(table, method, metric) ? " class=\"best\"" : "")}>{Number(cell.Estimate)}{Range(cell)}</td>");
            }

            writer.Write("</tr>");
        }

        writer.Write("</tbody></table></div>");
    }

    public static void Differences(TextWriter writer, MapReport report)
    {
        MapMetric[] metrics = [.. report.Table.Metrics.Where(m => m.Better != 0 && Main.Contains(m.Name) && report.Differences.Any(d => d.Metric == m.Name))];
        Dictionary<(string, string), MapDifference> cells = report.Differences.ToDictionary(d => (d.Method, d.Metric));
        writer.Write($"<div class=\"scroll\"><table class=\"sort\"><thead><tr>{Heading("against")}{Heading("images")}");
        foreach (MapMetric metric in metrics)
        {
            writer.Write(Head(metric with { Better = 0 }));
        }

        writer.Write("</tr></thead><tbody>");
        foreach (string method in report.Table.Methods.Where(m => m != report.Reference).OrderBy(MapReportHtml.IsControl))
        {
            int images = report.Differences.Where(d => d.Method == method).Select(d => d.Images).DefaultIfEmpty(0).Max();
            writer.Write($"<tr{(MapReportHtml.IsControl(method) ? " class=\"control\"" : "")}><th scope=\"row\">{MapReportHtml.Escape(method)}</th><td>{images.ToString(CultureInfo.InvariantCulture)}</td>");
            foreach (MapMetric metric in metrics)
            {
                writer.Write(cells.TryGetValue((method, metric.Name), out MapDifference? found) ? Cell(found.Gain, found.Images) : "<td></td>");
            }

            writer.Write("</tr>");
        }

        writer.Write("</tbody></table></div>");
    }

    /// <summary>A confidence for people: 95 %.</summary>
    public static string Share(double confidence) => (100 * confidence).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "F0" : Math.Abs(value) >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);

    /// <summary>The ends below a figure; nothing where they are not known.</summary>
    public static string Range(Interval interval) => double.IsNaN(interval.Low) ? "" : $"<span class=\"range\">{Number(interval.Low)} to {Number(interval.High)}</span>";

    private static string Cell(Interval gain, int images)
    {
        (string kind, string sign) = images < FewestForASign ? ("even", "·") : gain.Low > 0 ? ("gain", "▲") : gain.High < 0 ? ("loss", "▼") : ("even", "·");
        return $"<td class=\"{kind}\" data-v=\"{gain.Estimate.ToString("R", CultureInfo.InvariantCulture)}\">{sign} {(gain.Estimate > 0 ? "+" : "")}{Number(gain.Estimate)}{Range(gain)}</td>";
    }

    /// <summary>A heading that sorts: a button, or only a mouse could reach it.</summary>
    /// <param name="html">What it says.</param>
    /// <param name="title">What else there is to know, not yet escaped.</param>
    public static string Heading(string html, string? title = null) =>
        $"<th scope=\"col\"{(title is null ? "" : $" title=\"{MapReportHtml.Escape(title)}\"")}><button type=\"button\">{html}</button></th>";

    private static string Head(MapMetric metric) =>
        Heading($"{MapReportHtml.Escape(metric.Name.Replace('_', ' '))}{(metric.Better > 0 ? " ↑" : metric.Better < 0 ? " ↓" : "")}", metric.Description);

    private static bool IsBest(MapTable table, string method, MapMetric metric) =>
        metric.Better != 0 && !MapReportHtml.IsControl(method)
        && table.Methods.Where(m => !MapReportHtml.IsControl(m)).Select(m => metric.Better * (table[method, metric.Name].Estimate - table[m, metric.Name].Estimate)).Where(v => !double.IsNaN(v)).ToArray() is var leads
        && leads.All(static lead => lead >= 0) && (leads.Length == 1 || leads.Any(static lead => lead > 0));
}
