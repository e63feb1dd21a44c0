namespace CxrNet.Evaluation.Tests;

public sealed class CountingPatients
{
    private static readonly string[] Names = ["normal", "ill"];

    // 40 patients; each has five images, which are all called right or all wrong.
    private static readonly int[] Patients = [.. Enumerable.Range(0, 200).Select(static i => i / 5)];
    private static readonly int[] Truth = [.. Patients.Select(static p => p % 2)];
    private static readonly int[] Predicted = [.. Patients.Select(static p => p % 8 < 2 ? 1 - (p % 2) : p % 2)];
    private static readonly BootstrapOptions ByPatient = new() { Clusters = Patients };

    [Fact]
    public void TheDrawingOfPatientsCanBeStopped()
    {
        CancellationToken stopped = new(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => ClassificationReport.From(Truth, Predicted, Names, ByPatient, stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => ClassificationReport.ByGroup(Truth, Predicted, Names, [.. Truth.Select(static _ => "a")], ByPatient, stopped));
    }

    [Fact]
    public void ImagesThatAreRightTogetherWidenTheIntervals()
    {
        ClassificationReport images = ClassificationReport.From(Truth, Predicted, Names), patients = ClassificationReport.From(Truth, Predicted, Names, ByPatient);
        Assert.False(images.IsByPatient);
        Assert.True(patients.IsByPatient);
        Assert.Equal(images.Accuracy, patients.AccuracyInterval.Estimate);

        // Five images of a patient are one case: the interval is about as wide as that of 40 cases, sqrt(5) times that of 200.
        Assert.InRange(Width(patients.AccuracyInterval) / Width(WilsonInterval.Of(30, 40)), 0.85, 1.15);
        Assert.All(patients.Classes.Zip(images.Classes), static pair =>
        {
            Assert.True(Width(pair.First.RecallInterval) > 1.5 * Width(pair.Second.RecallInterval));
            Assert.True(Width(pair.First.PrecisionInterval) > 1.5 * Width(pair.Second.PrecisionInterval));
            Assert.Equal(pair.Second.Recall, pair.First.RecallInterval.Estimate, 12);
        });
    }

    [Fact]
    public void WithOneImageAPatientTheIntervalIsWilsons()
    {
        ClassificationReport report = ClassificationReport.From(Truth, Predicted, Names, new BootstrapOptions { Clusters = [.. Enumerable.Range(0, 200)] });
        Assert.False(report.IsByPatient);
        Assert.Equal(WilsonInterval.Of(150, 200), report.AccuracyInterval);
    }

    [Fact]
    public void WhereAllAreRightAsManyTrialsAsPatientsAreCounted() =>
        Assert.Equal(WilsonInterval.Of(40, 40), ClassificationReport.From(Truth, Truth, Names, ByPatient).AccuracyInterval);

    [Fact]
    public void OnePatientAloneSaysNothingOfOthers() =>
        Assert.Equal(new Interval(0.5, 0, 1), ClassificationReport.From([0, 0], [0, 1], Names, new BootstrapOptions { Clusters = [7, 7] }).AccuracyInterval);

    [Fact]
    public void SubgroupsCountTheirOwnPatients()
    {
        string[] groups = [.. Patients.Select(static p => p < 20 ? "a" : "b")];
        ClassificationReport a = ClassificationReport.ByGroup(Truth, Predicted, Names, groups, ByPatient)["a"];
        Assert.Equal(ClassificationReport.From(Truth[..100], Predicted[..100], Names, ByPatient with { Clusters = Patients[..100] }).AccuracyInterval, a.AccuracyInterval);
    }

    [Fact]
    public void TheRocAreasOfAReportAreOverPatientsToo()
    {
        ScoreTable table = new(Names, [.. Predicted.SelectMany(static (p, i) => p == 1 ? new[] { 0.2 + (i % 5 * 0.01), 0.8 - (i % 5 * 0.01) } : [0.7 - (i % 5 * 0.01), 0.3 + (i % 5 * 0.01)])]);
        EvaluationReport images = EvaluationReport.From("t", "m", table, Truth, new BootstrapOptions { Replicates = 300 });
        EvaluationReport patients = EvaluationReport.From("t", "m", table, Truth, ByPatient with { Replicates = 300 });
        Assert.Equal(DeLong.LogitInterval(images.RocAreas[0]), images.RocIntervals[0]);
        Assert.Equal(images.RocAreas[0].Area, patients.RocIntervals[0].Estimate, 12);
        Assert.True(Width(patients.RocIntervals[0]) > 1.5 * Width(images.RocIntervals[0]));
    }

    private static double Width(Interval interval) => interval.High - interval.Low;
}
