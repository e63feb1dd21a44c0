#!/usr/bin/env dotnet
#:project ../src/CxrNet.Torch/CxrNet.Torch.csproj
#:project ../src/CxrNet.Models/CxrNet.Models.csproj
#:package libtorch-cpu-linux-x64
#:property RuntimeIdentifier=linux-x64
#:property SelfContained=false
#:property NoWarn=NU1603
// Milliseconds of processor time of every gradient and CAM method on the shipped network, one thread, and as multiples of a
// classification of the same image: processor time, because it hardly changes where other programs run beside it.
// Run in the repository's root: eng/libstdcxx-shim.sh dotnet run -c Release eng/explanation-cost.cs [method ...]
using CxrNet;
using CxrNet.Models;
using CxrNet.Torch;

const int Rounds = 15;
using Stream file = BundledModels.CxrNetS.Open();
using TorchClassifier classifier = TorchClassifier.Load(file, new TorchOptions { Threads = 1 });
GrayImage[] image = [ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 7, Width = 512, Height = 512 }).Image];
foreach (string name in args.Length > 0 ? args : [.. TorchExplanations.Methods.Keys])
{
    using TorchExplanation method = TorchExplanations.Create(name, classifier);
    (double forward, double time) = InTurn(() => classifier.Classify(image), () => method.Explain(image, "covid19"));
    Console.WriteLine(FormattableString.Invariant($"{name,-22}{time,10:F2} ms, classification {forward,7:F2} ms, {time / forward,8:F2} x"));
}

// Medians; in turn, so that a machine that slows down slows both. Slow methods get fewer rounds, three at least.
static (double First, double Second) InTurn(Action first, Action second)
{
    first();
    second();
    List<double> ofFirst = [], ofSecond = [];
    while (ofFirst.Count < Rounds && (ofFirst.Count < 3 || ofSecond.Sum() < 3000))
    {
        ofFirst.Add(Time(first));
        ofSecond.Add(Time(second));
    }

    return (Median(ofFirst), Median(ofSecond));
}

static double Time(Action run)
{
    TimeSpan started = Environment.CpuUsage.TotalTime;
    run();
    return (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;
}

static double Median(List<double> times)
{
    times.Sort();
    return times[times.Count / 2];
}
