using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace CxrNet.Benchmarks;

/// <summary>One short run, side by side: images per second, megabytes per second, bytes allocated.</summary>
public sealed class BenchmarkConfig : ManualConfig
{
    public BenchmarkConfig()
    {
        // In this process: OpenCV's native library must be found by the same loader settings for every case.
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Min, new ImagesPerSecondColumn(), new MegabytesPerSecondColumn());
        AddExporter(MarkdownExporter.GitHub, CsvExporter.Default);
        AddLogger(ConsoleLogger.Default);
        HideColumns("Error", "StdDev", "Median", "Gen0", "Gen1", "Gen2");
        WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond));
    }
}
