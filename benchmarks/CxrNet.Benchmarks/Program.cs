using System.Globalization;
using BenchmarkDotNet.Running;
using CxrNet.Benchmarks;
using CxrNet.Benchmarks.Backends;
using CxrNet.Benchmarks.Claims;
using CxrNet.Benchmarks.ColdStart;
using CxrNet.Benchmarks.Explanations;
using CxrNet.Benchmarks.Guard;
using CxrNet.Benchmarks.Reporting;
using CxrNet.Benchmarks.Stages;

// The list of modes is in benchmarks/README.md; ./bench.sh in the repository's root runs them all and publishes.
switch (args)
{
    // First, and by itself: the cold start must not pay for what the others load.
    case [FirstResult.Mode, var what, var folder]:
        FirstResult.Print(what, folder);
        break;
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
        BackendModes.Run(args);
        break;
    case ["peers"]:
        Contest.Run();
        break;
    case ["stages"]:
        Breakdown.Run();
        break;
    case ["cold-start"]:
        WholeProcesses.Run();
        break;
    case ["claims"]:
        ClaimTable.Run();
        break;
    case ["explanations"]:
        return Exit.Of([BenchmarkRunner.Run<EveryMethod>(BenchmarkConfig.Slow)]);
    case ["guard"]:
        return RegressionGuard.Run(update: false);
    case ["guard", "--update"]:
        return RegressionGuard.Run(update: true);
    case ["machine"]:
        Console.WriteLine(Machine.Name);
        break;
    case ["report", var into]:
        Report.Write(into);
        break;
    default:
        return Exit.Of(BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig()));
}

return 0;
