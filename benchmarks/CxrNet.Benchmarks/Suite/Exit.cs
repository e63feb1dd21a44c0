using BenchmarkDotNet.Reports;

namespace CxrNet.Benchmarks;

/// <summary>The exit code of a run of benchmarks: nothing that failed may look like a result.</summary>
internal static class Exit
{
    public static int Of(IEnumerable<Summary> summaries)
    {
        BenchmarkReport[] failed = [.. summaries.SelectMany(static s => s.Reports).Where(static r => r.ResultStatistics is null)];
        foreach (BenchmarkReport report in failed)
        {
            Console.Error.WriteLine($"No result: {report.BenchmarkCase.DisplayInfo}");
        }

        // A row that cannot do a case at all (16 bits in a decoder of 8) stays in its table as NA and is no failure.
        return failed.Length > 0 && failed.Length == summaries.Sum(static s => s.Reports.Length) ? 1 : 0;
    }
}
