using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>Writes the randomisation tests as one HTML page that needs nothing else.</summary>
public static class RandomizationHtml
{
    private const int Width = 200;
    private const int Height = 130;
    private const int Left = 30;

    /// <summary>Writes the page.</summary>
    /// <param name="writer">UTF-8; stays open.</param>
    /// <param name="title">For example "test split".</param>
    /// <param name="modelId">The card's id.</param>
    /// <param name="table">What was measured.</param>
    /// <param name="notes">Sentences below the title.</param>
    /// <param name="apart">Stages that are none of the cascade, for example a network that learned shuffled labels: they are in the table and not in the curves.</param>
    public static void Write(TextWriter writer, string title, string modelId, RandomizationTable table, IReadOnlyList<string> notes, IReadOnlyList<string>? apart = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(notes);
        writer.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Randomisation: {MapReportHtml.Escape(title)} - {MapReportHtml.Escape(modelId)}</title><style>{MapReportStyle.Css}</style></head><body><header><h1>What is left of a map when the network forgets: {MapReportHtml.Escape(title)}</h1><p>Model <b>{MapReportHtml.Escape(modelId)}</b>. Research software, not a medical device.</p><ul class=\"notes\">");
        foreach (string note in notes)
        {
            writer.Write($"<li>{MapReportHtml.Escape(note)}</li>");
        }

        writer.Write("</ul></header><main><section><h2>Likeness to the trained network's map</h2><p class=\"note\">From left to right the network loses more and more of its layers, from the head down. <span class=\"ins\">Solid: Spearman's rank correlation</span>, <span class=\"del\">dashed: SSIM</span>. A map that follows the network falls; one that stays at 1 explains the image alone.</p><div class=\"plots\">");
        string[] cascade = [.. table.Stages.Except(apart ?? [], StringComparer.Ordinal)];
        foreach (string method in cascade.Length > 0 ? table.Methods : [])
        {
            Plot(writer, table, method, cascade);
        }

        writer.Write($"</div></section><section><h2>Figures</h2><p class=\"note\">Mean over the images of Spearman's rank correlation and SSIM with the map of the trained network; below each its {MapReportTables.Share(table.Confidence)} bootstrap interval. Select a heading to sort by it.</p><div class=\"scroll\"><table class=\"sort\"><thead><tr>{MapReportTables.Heading("method")}");
        foreach (string stage in table.Stages)
        {
            foreach (string figure in (string[])["Spearman", "SSIM"])
            {
                writer.Write(MapReportTables.Heading($"{MapReportHtml.Escape(stage)} <span class=\"range\">{figure}</span>"));
            }
        }

        writer.Write("</tr></thead><tbody>");
        foreach (string method in table.Methods.OrderBy(MapReportHtml.IsControl))
        {
            writer.Write($"<tr{(MapReportHtml.IsControl(method) ? " class=\"control\"" : "")}><th scope=\"row\">{MapReportHtml.Escape(method)}</th>");
            foreach (string stage in table.Stages)
            {
                Cell(writer, table.Spearman(method, stage));
                Cell(writer, table.Ssim(method, stage));
            }

            writer.Write("</tr>");
        }

        writer.Write($"</tbody></table></div></section></main><script>{MapReportStyle.Sort}</script></body></html>");
    }

    private static void Cell(TextWriter writer, Interval value) => writer.Write(double.IsNaN(value.Estimate)
        ? "<td></td>"
        : $"<td data-v=\"{value.Estimate.ToString("R", CultureInfo.InvariantCulture)}\">{MapReportTables.Number(value.Estimate)}{MapReportTables.Range(value)}</td>");

    private static void Plot(TextWriter writer, RandomizationTable table, string method, string[] cascade)
    {
        double[] spearman = [.. cascade.Select(s => table.Spearman(method, s).Estimate)], ssim = [.. cascade.Select(s => table.Ssim(method, s).Estimate)];
        writer.Write($"<figure><figcaption><b>{MapReportHtml.Escape(method)}</b><span class=\"range\">{Last("Spearman", spearman)}, {Last("SSIM", ssim)} in the end</span></figcaption><svg viewBox=\"0 0 {Width + Left + 6} {Height + 10}\" role=\"img\"><title>Likeness of {MapReportHtml.Escape(method)} stage by stage</title>");
        foreach (double level in (double[])[-1, 0, 1])
        {
            writer.Write($"<line class=\"rule\" x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{Y(level)}\" y2=\"{Y(level)}\"/><text x=\"{Left - 4}\" y=\"{Y(level)}\" dy=\"3\" text-anchor=\"end\">{level.ToString(CultureInfo.InvariantCulture)}</text>");
        }

        Line(writer, spearman, "ins");
        Line(writer, ssim, "del");
        writer.Write("</svg></figure>");
    }

    // Of the last stage that was measured.
    private static string Last(string name, double[] values) => values.LastOrDefault(double.IsFinite, double.NaN) is var last && double.IsFinite(last) ? $"{name} {MapReportTables.Number(last)}" : $"{name} unknown";

    // The trained network itself, at 1, and then stage by stage.
    private static void Line(TextWriter writer, double[] values, string kind)
    {
        double[] all = [1, .. values];
        writer.Write($"<polyline class=\"{kind}\" points=\"{string.Join(' ', all.Select((v, i) => (v, i)).Where(p => double.IsFinite(p.v)).Select(p => $"{(Left + ((double)p.i / (all.Length - 1) * Width)).ToString("0.#", CultureInfo.InvariantCulture)},{Y(p.v)}"))}\"/>");
    }

    private static string Y(double value) => (5 + ((1 - value) / 2 * Height)).ToString("0.#", CultureInfo.InvariantCulture);
}
