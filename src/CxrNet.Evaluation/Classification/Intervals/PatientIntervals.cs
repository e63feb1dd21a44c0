namespace CxrNet.Evaluation;

/// <summary>A report's intervals over patients in place of those over cases.</summary>
internal static class PatientIntervals
{
    public static ClassificationReport Of(ClassificationReport report, IReadOnlyList<int> truth, IReadOnlyList<int> predicted, BootstrapOptions options, CancellationToken cancellationToken)
    {
        int[] all = [.. Enumerable.Range(0, truth.Count)];
        return report with
        {
            IsByPatient = true,
            AccuracyInterval = Interval(all, i => truth[i] == predicted[i]),
            Classes = [.. report.Classes.Select((figures, c) => figures with
            {
                PrecisionInterval = Interval(all.Where(i => predicted[i] == c), i => truth[i] == c),
                RecallInterval = Interval(all.Where(i => truth[i] == c), i => predicted[i] == c),
                SpecificityInterval = Interval(all.Where(i => truth[i] != c), i => predicted[i] != c),
            })],
        };

        Interval Interval(IEnumerable<int> cases, Func<int, bool> isRight)
        {
            int[] rows = [.. cases];
            return PatientRatio.Of(Array.ConvertAll(rows, row => isRight(row)), Array.ConvertAll(rows, row => options.Clusters![row]), options, cancellationToken);
        }
    }
}
