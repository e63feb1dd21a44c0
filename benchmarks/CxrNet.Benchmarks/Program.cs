using BenchmarkDotNet.Running;
using CxrNet.Benchmarks;

// dotnet run -c Release --project benchmarks/CxrNet.Benchmarks -- --filter '*GrayResizeRescale*'
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
