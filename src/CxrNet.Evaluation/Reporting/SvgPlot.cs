using System.Globalization;
using System.Net;
using System.Text;

namespace CxrNet.Evaluation;

/// <summary>A square plot of two shares, 0 … 1 each, as SVG: enough for ROC, reliability and confusion, and one dependency less.</summary>
internal sealed class SvgPlot
{
    private const int Side = 320;
    private const int Margin = 52;
    private readonly StringBuilder _svg = new();

    public SvgPlot(string title, string xLabel, string yLabel)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Side + (2 * Margin)} {Side + (2 * Margin)}\" width=\"{Side + (2 * Margin)}\" role=\"img\"><title>{Escape(title)}</title>");
        Text(Margin + (Side / 2), Margin - 18, title, "middle", "font-weight=\"bold\"");
        Text(Margin + (Side / 2), Side + Margin + 40, xLabel, "middle");
        Text(-(Margin + (Side / 2)), 14, yLabel, "middle", "transform=\"rotate(-90)\"");
    }

    public static string[] Palette { get; } = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb"];   // P. Tol's "bright", told apart by colour-blind readers

    public SvgPlot Axes()
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Margin}\" y=\"{Margin}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#888\"/>");
        for (int i = 0; i <= 5; i++)
        {
            double share = i / 5.0;
            Text(X(share), Side + Margin + 18, share.ToString("0.0", CultureInfo.InvariantCulture), "middle");
            Text(Margin - 6, Y(share) + 4, share.ToString("0.0", CultureInfo.InvariantCulture), "end");
        }

        return Line([(0, 0), (1, 1)], "#aaa", "stroke-dasharray=\"4 4\"");
    }

    public SvgPlot Line(IEnumerable<(double X, double Y)> points, string color, string style = "")
    {
        // Points that print alike are one: a curve of a hundred thousand cases is no longer than its pixels.
        string path = string.Join(' ', points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Select(p => Number(X(p.X)) + "," + Number(Y(p.Y))).Distinct());
        _svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.8\" {style}/>");
        return this;
    }

    public SvgPlot Bar(double left, double right, double height, string color, double opacity)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(X(left))}\" y=\"{Number(Y(height))}\" width=\"{Number((right - left) * Side)}\" height=\"{Number(height * Side)}\" fill=\"{color}\" fill-opacity=\"{Number(opacity)}\" stroke=\"#555\" stroke-width=\"0.5\"/>");
        return this;
    }

    public SvgPlot Cell(int row, int column, int count, string text, double share)
    {
        double size = (double)Side / count;
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(Margin + (column * size))}\" y=\"{Number(Margin + (row * size))}\" width=\"{Number(size)}\" height=\"{Number(size)}\" fill=\"#4477aa\" fill-opacity=\"{Number(share)}\" stroke=\"#888\"/>");
        Text(Margin + ((column + 0.5) * size), Margin + ((row + 0.5) * size) + 4, text, "middle", share > 0.6 ? "fill=\"#fff\"" : "");
        return this;
    }

    public SvgPlot Tick(int index, int count, string text)
    {
        double at = (index + 0.5) * Side / count;

        // A name of two words, such as viral_pneumonia, is wider than its cell: one line for each word.
        string[] lines = text.Split('_', 2);
        for (int line = 0; line < lines.Length; line++)
        {
            Text(Margin + at, Side + Margin + 14 + (12 * line), lines[line], "middle");
            Text(-(Margin + at), Margin - 6 - (12 * (lines.Length - 1 - line)), lines[line], "middle", "transform=\"rotate(-90)\"");
        }

        return this;
    }

    public SvgPlot Legend(int row, string text, string color)
    {
        double y = Margin + Side - 12 - (row * 16);
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Margin + 110}\" y=\"{Number(y - 8)}\" width=\"14\" height=\"4\" fill=\"{color}\"/>");
        Text(Margin + 130, y, text, "start");
        return this;
    }

    public override string ToString() => _svg + "</svg>";

    private static double X(double share) => Margin + (share * Side);

    private static double Y(double share) => Margin + ((1 - share) * Side);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Text(double x, double y, string text, string anchor, string style = "") =>
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\" font-size=\"11\" {style}>{Escape(text)}</text>");
}
