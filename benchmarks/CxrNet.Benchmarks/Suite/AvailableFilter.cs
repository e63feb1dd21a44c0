using System.Reflection;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Leaves out the cases for which this machine lacks something.</summary>
internal sealed class AvailableFilter : IFilter
{
    public bool Predicate(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<NeedsAttribute>() is not { } needs
        || Availability.Has(needs.What, $"{benchmarkCase.Descriptor.Type.Name}, {benchmarkCase.Descriptor.WorkloadMethodDisplayInfo}");
}
