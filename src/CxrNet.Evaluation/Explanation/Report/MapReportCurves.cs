using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>A small plot for each method: forty curves in one cannot be told apart.</summary>
internal static class MapReportCurves
{
    private const int Width = 200;
    private const int Height = 130;
    private const int Left = 26;
    private const int Bottom = 18;

    public static void Write(TextWriter writer, MapReport report)
    {
        double[]? chance = Mean(report, "random", f => f.Insertion), chanceOut = Mean(report, "random", f => f.Deletion);
        string[] methods = [.. report.Table.Methods.Where(m => Mean(report, m, f => f.Insertion) is not null || Mean(report, m, f => f.Deletion) is not null)];
        if (methods.Length == 0)
        {
            return;
        }

        writer.Write("<section><h2>Insertion and deletion curves</h2><p class=\"note\">Mean probability of the finding against the share of the pixels that came back (<span class=\"ins\">solid: insertion</span>, the more area the better) or went (<span class=\"del\">dashed: deletion</span>, the less the better); thin and grey the same in a random order.</p><div class=\"plots\">");
        foreach (string method in methods)
        {
            double[]? insertion = Mean(report, method, f => f.Insertion), deletion = Mean(report, method, f => f.Deletion);
            string areas = string.Join(", ", new[] { Area("insertion", report.Table[method, "insertion"]), Area("deletion", report.Table[method, "deletion"]) }.Where(static a => a.Length > 0));
            writer.Write($"<figure><figcaption><b>{MapReportHtml.Escape(method)}</b><span class=\"range\">{areas}</span></figcaption><svg viewBox=\"0 0 {Width + Left + 6} {Height + Bottom + 12}\" role=\"img\"><title>Curves of {MapReportHtml.Escape(method)}: {areas}</title>");
            Axes(writer);
            Line(writer, chance, "chance");
            Line(writer, chanceOut, "chance");
            Line(writer, insertion, "ins");
            Line(writer, deletion, "del");
            writer.Write("</svg></figure>");
        }

        writer.Write("</div></section>");
    }

    private static string Area(string name, Interval area) => double.IsNaN(area.Estimate) ? "" : $"{name} {MapReportTables.Number(area.Estimate)}";

    // Over as many points as the shortest curve has; one run's curves all have the same number.
    private static double[]? Mean(MapReport report, string method, Func<MapFigures, CausalCurve?> curve)
    {
        CausalCurve[] curves = [.. report.Figures.Where(f => f.Method == method).Select(curve).OfType<CausalCurve>()];
        return curves.Length == 0 ? null : [.. Enumerable.Range(0, curves.Min(c => c.Scores.Count)).Select(p => curves.Average(c => c.Scores[p]))];
    }

    private static void Axes(TextWriter writer)
    {
        foreach (double share in (double[])[0, 0.5, 1])
        {
            string text = share.ToString("0.#", CultureInfo.InvariantCulture);
            writer.Write($"<line class=\"rule\" x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{Y(share)}\" y2=\"{Y(share)}\"/><text x=\"{Left - 4}\" y=\"{Y(share)}\" dy=\"3\" text-anchor=\"end\">{text}</text><text x=\"{X(share)}\" y=\"{Height + Bottom + 8}\" text-anchor=\"middle\">{text}</text>");
        }
    }

    private static void Line(TextWriter writer, double[]? values, string kind)
    {
        if (values is { Length: > 1 })
        {
            writer.Write($"<polyline class=\"{kind}\" points=\"{string.Join(' ', values.Select((v, i) => $"{X((double)i / (values.Length - 1))},{Y(v)}"))}\"/>");
        }
    }

    private static string X(double share) => (Left + (share * Width)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Y(double share) => (8 + ((1 - share) * Height)).ToString("0.#", CultureInfo.InvariantCulture);
}
