using System.Globalization;
using BenchmarkDotNet.Running;
using CxrNet.Benchmarks;
using CxrNet.Benchmarks.Stages;

// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- --filter '*GrayResizeRescale*'
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- errors
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- allocations
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- drift [side ...]
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- soak [--threads 8 --images 10000 --model tiny|FILE]
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- overhead|stop [--calls N]
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
    case ["soak" or "overhead" or "stop", ..]:
        CxrNet.Benchmarks.Backends.BackendModes.Run(args);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
        break;
}
