using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace CxrNet.Benchmarks;

/// <summary>Short runs, side by side: images per second, megabytes per second, bytes allocated, peak of resident memory.</summary>
public sealed class BenchmarkConfig : ManualConfig
{
    public BenchmarkConfig()
        : this(Usual, allocations: true)
    {
    }

    private BenchmarkConfig(Job job, bool allocations)
    {
        // In this process: OpenCV's native library must be found by the same loader settings for every case.
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(new PeakMemoryDiagnoser());
        if (allocations)
        {
            AddDiagnoser(MemoryDiagnoser.Default);
        }

        AddFilter(new AvailableFilter());
        WithArtifactsPath(SuiteFolder.Path);
        WithOptions(ConfigOptions.DisableLogFile);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Min, new ImagesPerSecondColumn(), new MegabytesPerSecondColumn());
        AddExporter(MarkdownExporter.GitHub, CsvExporter.Default, JsonExporter.BriefCompressed);
        AddLogger(ConsoleLogger.Default);
        HideColumns("Error", "StdDev", "Median", "Gen0", "Gen1", "Gen2");
        WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond).WithMaxParameterColumnWidth(60));
    }

    /// <summary>One call an iteration, one of them or five: for calls of up to half a minute, whose setup warms up. The tour does not count what they allocate, which takes a call of its own.</summary>
    public static BenchmarkConfig Slow { get; } = new(Job.Default.WithId("Slow").WithStrategy(RunStrategy.Monitoring).WithWarmupCount(0).WithIterationCount(BenchmarkScale.Of(1, 5)), allocations: BenchmarkScale.IsFull);

    // An iteration of the tour is as short as it may be and still hold a few calls; a call of more than that is an iteration of its own.
    private static Job Usual => BenchmarkScale.IsFull
        ? Job.ShortRun.WithIterationCount(5)
        : Job.Default.WithId("Quick").WithWarmupCount(1).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(60)).WithMinInvokeCount(1).WithUnrollFactor(1);
}
