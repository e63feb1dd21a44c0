using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>A column of something per second, from the mean time of one image.</summary>
public abstract class RateColumn(string name, string legend) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        return summary[benchmarkCase]?.ResultStatistics is not { } statistics ? "?"
            : AmountOf(benchmarkCase) is not double.NaN and double amount ? (amount / (statistics.Mean * 1e-9)).ToString("N0", CultureInfo.InvariantCulture)
            : "";
    }

    /// <summary>The parameter that says what a call gets through; null where there is none.</summary>
    protected static ISampleBytes? SamplesOf(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        return benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<ISampleBytes>().FirstOrDefault();
    }

    /// <summary>How much one call of the benchmark gets through.</summary>
    protected abstract double AmountOf(BenchmarkCase benchmarkCase);
}
