using CsCheck;

namespace CxrNet.Evaluation.Tests;

/// <summary>Labels that name any number of findings, and the figures of findings that do not exclude each other.</summary>
public sealed class NamingSeveralFindings
{
    private static readonly string[] Names = ["Effusion", "Mass", "Lung Lesion"];

    [Theory]
    [InlineData("Effusion", "100")]
    [InlineData("Mass|Effusion", "110")]
    [InlineData(" Lung Lesion | Mass ", "011")]
    [InlineData("Mass|Mass|", "010")]
    [InlineData("", "000")]
    [InlineData("No Finding", "000")]
    [InlineData("no_finding", "000")]
    [InlineData("Hernia|Mass", "010")]
    [InlineData("effusion", "000")]
    public void ALabelNamesItsFindings(string label, string expected) =>
        Assert.Equal(expected, string.Concat(MultiLabelTruth.Parse([label], Names).Rows.Single().Select(static has => has ? '1' : '0')));

    [Fact]
    public void NoFindingMayBeAFinding()
    {
        MultiLabelTruth truth = MultiLabelTruth.Parse(["No Finding", "Mass", "no_finding"], ["Mass", "No Finding"]);
        Assert.Equal([false, true], truth.Rows[0]);
        Assert.Equal([true, false], truth.Rows[1]);

        // Spelled otherwise it is none, as everywhere.
        Assert.Equal([false, false], truth.Rows[2]);
        Assert.Empty(truth.Unknown);
    }

    [Fact]
    public void NamesThatAreNoFindingAreCounted()
    {
        MultiLabelTruth truth = MultiLabelTruth.Parse(["Hernia|Mass", "Hernia|Hernia", "effusion", "No Finding"], Names);
        Assert.Equal(new Dictionary<string, int> { ["Hernia"] = 2, ["effusion"] = 1 }, truth.Unknown);
        Assert.True(truth.HasPositive);
        Assert.False(MultiLabelTruth.Parse(["Hernia", ""], Names).HasPositive);
    }

    [Fact]
    public void ScoresAreReadWithTheirFindings()
    {
        MultiLabelScores table = MultiLabelScores.ReadCsv(new StringReader("file,Mass,Effusion,Lung Lesion,label\na.png,1,2,3,Mass|Effusion\nb.png,-1,0,0.5,\n"), Names, "scores.csv");
        Assert.Equal([2, 1, 3], table.Scores.Row(0).ToArray());
        Assert.Equal([true, true, false], table.Truth.Rows[0]);
        Assert.Equal([false, false, false], table.Truth.Rows[1]);
        Assert.Equal(["a.png", "b.png"], table.Files);
        Assert.Contains("'x.csv' line 2: 'high' in column 'Mass'", Assert.Throws<InvalidDataException>(static () => MultiLabelScores.ReadCsv(new StringReader("label,Effusion,Mass,Lung Lesion\nMass,1,high,0\n"), Names, "x.csv")).Message, StringComparison.Ordinal);
        Assert.Contains("'Mass' expected", Assert.Throws<InvalidDataException>(static () => MultiLabelScores.ReadCsv(new StringReader("label,Effusion\n"), Names, "x.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EachAreaHasAnIntervalAndThoseOfPatientsAreWider()
    {
        // 40 patients of five images each, whose scores and findings are alike.
        int[] patients = [.. Enumerable.Range(0, 200).Select(static i => i / 5)];
        ScoreTable scores = new(["a", "b"], [.. patients.SelectMany(static (p, i) => new[] { (p * 37 % 40 / 50.0) + (p % 2 * 0.2) + (i % 5 * 1e-4), 0.5 })]);
        bool[][] truth = [.. patients.Select(static p => new[] { p % 2 == 1, false })];
        MultiLabelReport images = MultiLabelReport.From(scores, truth), byPatient = MultiLabelReport.From(scores, truth, null, new BootstrapOptions { Clusters = patients, Replicates = 400 });

        double[] column = scores.Column(0);
        bool[] positive = [.. truth.Select(static row => row[0])];
        Assert.Equal(DeLong.LogitInterval(DeLong.Of(column, positive)), images.Labels[0].RocInterval);
        Assert.Equal(images.Labels[0].RocArea, byPatient.Labels[0].RocInterval.Estimate, 12);
        Assert.True(Width(byPatient.Labels[0].RocInterval) > 1.5 * Width(images.Labels[0].RocInterval));

        // Nothing can be ranked where no row has the finding, and the mean leaves it out.
        Assert.True(double.IsNaN(images.Labels[1].RocArea) && double.IsNaN(images.Labels[1].RocInterval.Low) && double.IsNaN(byPatient.Labels[1].RocInterval.High));
        Assert.Equal(images.Labels[0].RocArea, images.MacroRocArea);
    }

    [Fact]
    public void PatientsOfAnotherNumberAreRefused() =>
        Assert.Throws<ArgumentException>(static () => MultiLabelReport.From(new ScoreTable(["a"], [0.1, 0.9]), [[false], [true]], null, new BootstrapOptions { Clusters = [0, 1, 2] }));

    [Fact]
    public void ASampleOfRankedScoresHasTheAreaOfItsRows() =>
        Gen.Select(Gen.Int[0, 6].Array[1, 60], Gen.Bool.Array[60], Gen.Int[0, 59].Array[0, 120]).Sample(static (levels, truth, drawn) =>
        {
            double[] scores = [.. levels.Select(static level => level / 6.0)];
            bool[] positive = truth[..scores.Length];
            int[] rows = [.. drawn.Select(i => i % scores.Length)];
            double expected = rows.Length == 0 ? double.NaN : RocArea.Of([.. rows.Select(i => scores[i])], [.. rows.Select(i => positive[i])]);
            Assert.Equal(expected, new RankedSample(scores, positive).RocArea(rows));
        });

    private static double Width(Interval interval) => interval.High - interval.Low;
}
