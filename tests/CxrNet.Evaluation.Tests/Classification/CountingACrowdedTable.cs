using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class CountingACrowdedTable
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<(int[] Truth, int[] Predicted)> Tables = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]).Array[0, 60].Select(pairs => (pairs.Select(p => p.Item1).ToArray(), pairs.Select(p => p.Item2).ToArray()));

    [Fact]
    public void RowsAreTheTruth()
    {
        ClassificationReport report = ClassificationReport.From([0, 0, 1], [0, 1, 1], ["a", "b"]);
        Assert.Equal(1, report.Confusion[0, 1]);
        Assert.Equal(0, report.Confusion[1, 0]);
        Assert.Equal(2.0 / 3, report.Accuracy, 15);
        Assert.Equal(0.75, report.BalancedAccuracy, 15);
        Assert.Equal([1.0, 0.5], report.Classes.Select(c => c.Precision));
        Assert.Equal([0.5, 1.0], report.Classes.Select(c => c.Recall));
        Assert.Equal(2.0 / 3, report.MacroF1, 15);
    }

    [Fact]
    public void MicroF1IsTheAccuracyAndAllRatiosStayInRange() =>
        Tables.Sample(table =>
        {
            ClassificationReport report = ClassificationReport.From(table.Truth, table.Predicted, Names);
            Assert.Equal(report.Accuracy, report.MicroF1);
            Assert.Equal(table.Truth.Length, report.Confusion.Total);
            Assert.All(report.Classes, c => Assert.All([c.Precision, c.Recall, c.Specificity, c.F1], ratio => Assert.InRange(ratio, 0, 1)));
            Assert.InRange(report.MatthewsCorrelation, -1 - 1e-12, 1 + 1e-12);
            Assert.InRange(report.Kappa, -1 - 1e-12, 1 + 1e-12);
        });

    [Fact]
    public void SwappingTruthAndPredictionSwapsPrecisionAndRecall() =>
        Tables.Sample(table =>
        {
            ClassificationReport one = ClassificationReport.From(table.Truth, table.Predicted, Names);
            ClassificationReport other = ClassificationReport.From(table.Predicted, table.Truth, Names);
            Assert.Equal(one.Classes.Select(c => c.Precision), other.Classes.Select(c => c.Recall));
            Assert.Equal(one.MatthewsCorrelation, other.MatthewsCorrelation, 12);
            Assert.Equal(one.Kappa, other.Kappa, 12);
        });

    [Fact]
    public void AnEmptyTableHasNoFigures()
    {
        ClassificationReport report = ClassificationReport.From([], [], Names);
        Assert.Equal(0, report.Accuracy);
        Assert.Equal(new Interval(double.NaN, 0, 1), report.AccuracyInterval);
        Assert.Equal(0, report.Kappa);
        Assert.Equal(0, report.MatthewsCorrelation);
    }

    [Fact]
    public void OneClassOnlyHasAccuracyButNoAgreementBeyondChance()
    {
        ClassificationReport report = ClassificationReport.From([1, 1], [1, 1], Names);
        Assert.Equal(1, report.Accuracy);
        Assert.Equal(1, report.BalancedAccuracy);
        Assert.Equal(1.0 / 3, report.MacroF1, 15);
        Assert.Equal(0, report.Kappa);
        Assert.Equal(0, report.MatthewsCorrelation);
    }

    [Fact]
    public void AClassThatHasNoNameIsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ClassificationReport.From([0, 3], [0, 0], Names));
        Assert.Contains("Row 1 has class 3, 0 to 2 expected.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [0, 0], Names));
    }

    [Fact]
    public void SubgroupsAddUpToTheWhole()
    {
        IReadOnlyDictionary<string, ClassificationReport> groups = ClassificationReport.ByGroup([0, 1, 2, 0], [0, 1, 1, 0], Names, ["x", "y", "y", ""]);
        Assert.Equal(["unknown", "x", "y"], groups.Keys);
        Assert.Equal(4, groups.Values.Sum(g => g.Count));
        Assert.Equal(0.5, groups["y"].Accuracy);
    }
}
