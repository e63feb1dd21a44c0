using System.Globalization;

namespace CxrNet.Core.Tests.Pipeline;

public sealed class PrintingAReport
{
    private static readonly CxrReport Report = new()
    {
        Image = new GrayImage(1, 1, [0.5f]),
        Prediction = new CxrPrediction
        {
            ModelId = "tiny-1",
            Findings = [new Finding("normal", 0.25f, 0.5f), new Finding("covid19", 0.75f, 0.5f)],
            Logits = [0, 1],
            Warnings = ["A lateral view."],
        },
    };

    [Fact]
    public void ItIsALineAFindingAWarningAndWhatItIsNot()
    {
        // Not as the machine's language writes numbers.
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.Equal(
            "normal               0.2500\ncovid19              0.7500  at or above its threshold\nwarning: A lateral view.\ntiny-1: a research result, not a diagnosis",
            Report.ToString());
    }

    [Fact]
    public void FindingsThatWereWithheldAreNotPassedOver()
    {
        CxrReport withheld = Report with { Prediction = Report.Prediction with { Findings = [], Logits = [] } };
        Assert.StartsWith("findings withheld\n", withheld.ToString(), StringComparison.Ordinal);
    }
}
