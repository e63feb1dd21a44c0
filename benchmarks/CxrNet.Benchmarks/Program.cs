using System.Globalization;
using BenchmarkDotNet.Running;
using CxrNet.Benchmarks;
using CxrNet.Benchmarks.Stages;

// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- --filter '*GrayResizeRescale*'
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- errors
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- allocations
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- drift [side ...]
switch (args)
{
    case ["errors"]:
        ResizeErrors.Print();
        break;
    case ["allocations"]:
        Allocations.Print();
        break;
    case ["drift", .. string[] sides]:
        Drift.Print([.. sides.Select(side => int.Parse(side, CultureInfo.InvariantCulture))]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
        break;
}
