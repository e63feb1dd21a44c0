using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace CxrNet.Benchmarks;

/// <summary>The column "Peak": resident memory at its highest while a case is set up and runs, beyond what the process had before, native memory included. Linux; elsewhere it is left empty.</summary>
/// <remarks>Memory that an earlier case left in the process and this one takes over is not seen; the whole processes of the cold start are.</remarks>
internal sealed class PeakMemoryDiagnoser : IDiagnoser
{
    private readonly Dictionary<BenchmarkCase, double> _peaks = [];
    private double _before;

    public IEnumerable<string> Ids => [nameof(PeakMemoryDiagnoser)];

    public IEnumerable<IExporter> Exporters => [];

    public IEnumerable<IAnalyser> Analysers => [];

    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        if (signal == HostSignal.BeforeAnythingElse)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            ResidentMemory.ResetPeak();
            _before = ResidentMemory.Megabytes;
        }
        else if (signal == HostSignal.AfterActualRun)
        {
            _peaks[parameters.BenchmarkCase] = Math.Max(0, ResidentMemory.PeakMegabytes - _before);
        }
    }

    public IEnumerable<Metric> ProcessResults(DiagnoserResults results) =>
        _peaks.TryGetValue(results.BenchmarkCase, out double peak) && double.IsFinite(peak) ? [new Metric(Descriptor.Instance, peak)] : [];

    public void DisplayResults(ILogger logger)
    {
    }

    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private sealed class Descriptor : IMetricDescriptor
    {
        public static Descriptor Instance { get; } = new();

        public string Id => "Peak";

        public string DisplayName => "Peak MB";

        public string Legend => "Resident memory at its highest beyond that before the case, MB";

        public string NumberFormat => "0";

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => "MB";

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => 100;

        public bool GetIsAvailable(Metric metric) => true;
    }
}
