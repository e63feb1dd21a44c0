using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>The three plots of a report, each an SVG element that stands alone.</summary>
public static class EvaluationPlots
{
    /// <summary>One ROC curve per class with its area.</summary>
    public static string Roc(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        SvgPlot plot = new SvgPlot("ROC, each class against the rest", "1 - specificity", "sensitivity").Axes();
        for (int c = 0; c < report.Roc.Count; c++)
        {
            string color = SvgPlot.Palette[c % SvgPlot.Palette.Length];
            plot.Line(report.Roc[c].Points.Select(p => (p.FalsePositiveRate, p.TruePositiveRate)), color);
            plot.Legend(report.Roc.Count - 1 - c, FormattableString.Invariant($"{report.Classification.Confusion.Names[c]} {report.Roc[c].Area:0.000}"), color);
        }

        return plot.ToString();
    }

    /// <summary>Accuracy of each bin of confidence; the fuller the colour, the more cases.</summary>
    public static string Reliability(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        SvgPlot plot = new("Reliability of the top label", "confidence", "accuracy");
        int most = Math.Max(1, report.Reliability.Bins.Max(b => b.Count));
        foreach (ReliabilityBin bin in report.Reliability.Bins.Where(b => b.Count > 0))
        {
            plot.Bar(bin.Low, bin.High, bin.Accuracy, SvgPlot.Palette[0], 0.2 + (0.8 * bin.Count / most));
        }

        return plot.Axes().ToString();
    }

    /// <summary>The confusion matrix; the colour is the share of the row.</summary>
    public static string Confusion(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ConfusionMatrix matrix = report.Classification.Confusion;
        SvgPlot plot = new("Confusion", "predicted", "truth");
        for (int t = 0; t < matrix.Names.Count; t++)
        {
            plot.Tick(t, matrix.Names.Count, matrix.Names[t]);
            for (int p = 0; p < matrix.Names.Count; p++)
            {
                plot.Cell(t, p, matrix.Names.Count, matrix[t, p].ToString(CultureInfo.InvariantCulture), Ratio.OrZero(matrix[t, p], matrix.Support(t)));
            }
        }

        return plot.ToString();
    }
}
