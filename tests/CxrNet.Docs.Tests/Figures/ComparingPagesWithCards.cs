using System.Globalization;
using System.Text.RegularExpressions;
using CxrNet.Models;

namespace CxrNet.Docs.Tests.Figures;

/// <summary>What the pages say of a shipped model is what its card says, and what the card says is what was recorded for this version of it.</summary>
public sealed class ComparingPagesWithCards
{
    private static readonly string Models = string.Join('\n', Page.Lines("docs/models.md"));

    public static TheoryData<string> Splits => ["val", "test", "external"];

    [Theory]
    [MemberData(nameof(Splits))]
    public void TheTableOfTheClassifierHasTheFiguresOfItsCard(string split)
    {
        IReadOnlyDictionary<string, double> metrics = BundledModels.CxrNetS.Card.Metrics;
        string row = Models.Split('\n').First(line => line.StartsWith(Invariant($"| {split} | {metrics[split + ".n"]} |"), StringComparison.Ordinal));
        double[] cells = [.. row.Split('|').Skip(3).Select(static cell => double.TryParse(cell.Trim().Split(' ')[0], CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        string[] figures = ["accuracy", "macro_f1", "covid19.precision", "covid19.recall", "covid19.f1", "ece"];
        for (int i = 0; i < figures.Length; i++)
        {
            // The page has three digits, the card four.
            Assert.True(double.IsNaN(cells[i]) || Math.Abs(cells[i] - metrics[$"{split}.{figures[i]}"]) < 6e-4, $"{figures[i]} of '{split}' is {cells[i]} on the page, {metrics[$"{split}.{figures[i]}"]} in the card");
        }

        Assert.True(cells.Count(double.IsNaN) <= 2, row);
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void TheTableOfTheLungsHasTheFiguresOfItsCard(string split)
    {
        IReadOnlyDictionary<string, double> metrics = BundledModels.Lungs.Card.Metrics;
        Assert.Contains(Models.Split('\n'), line => line.StartsWith(Invariant($"| {split}"), StringComparison.Ordinal)
            && line.Contains(Invariant($"| {metrics[split + ".n"]} | {metrics[split + ".dice"]:F3} ("), StringComparison.Ordinal)
            && line.Contains(Invariant($"| {metrics[split + ".iou"]:F3} | {metrics[split + ".hd95"]:F1} |"), StringComparison.Ordinal));
    }

    [Fact]
    public void ThePagesNameTheWeightsThatAreShipped()
    {
        Assert.Contains(BundledModels.CxrNetS.Card.WeightsSha256, Models, StringComparison.Ordinal);
        Assert.Contains(BundledModels.Lungs.Card.WeightsSha256, Models, StringComparison.Ordinal);
        string version = BundledModels.CxrNetS.Card.Id.Split('-')[^1];
        Assert.Contains($"## CxrNet-S, version {version}", Models, StringComparison.Ordinal);
        Assert.Contains($"| CxrNet-S {version} |", string.Join('\n', Page.Lines("README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLimitsInTheCardNameItsOwnAccuracy()
    {
        CxrModelCard card = BundledModels.CxrNetS.Card;
        Match said = card.Limitations.Select(static limit => Regex.Match(limit, @"accuracy on the test split falls from ([\d.]+) to ([\d.]+)")).Single(static match => match.Success);

        // The card keeps four digits of what was printed with three.
        Assert.Equal(card.Metrics["test.accuracy"], double.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 6e-4);
        Assert.Equal(card.Metrics["test.accuracy.lungs_blanked_out"], double.Parse(said.Groups[2].ValueSpan, CultureInfo.InvariantCulture), 6e-4);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
