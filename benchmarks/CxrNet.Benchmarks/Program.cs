using BenchmarkDotNet.Running;
using CxrNet.Benchmarks;
using CxrNet.Benchmarks.Stages;

// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- --filter '*GrayResizeRescale*'
// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- errors
if (args is ["errors"])
{
    ResizeErrors.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
