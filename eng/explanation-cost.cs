#!/usr/bin/env dotnet
#:project ../src/CxrNet.Torch/CxrNet.Torch.csproj
#:project ../src/CxrNet.Models/CxrNet.Models.csproj
#:package libtorch-cpu-linux-x64
#:property RuntimeIdentifier=linux-x64
#:property SelfContained=false
#:property NoWarn=NU1603
// Milliseconds of every gradient and CAM method on the shipped network, and as multiples of a classification of the same image.
// Run in the repository's root, on an idle machine: eng/libstdcxx-shim.sh dotnet run -c Release eng/explanation-cost.cs
using System.Diagnostics;
using System.Globalization;
using CxrNet;
using CxrNet.Models;
using CxrNet.Torch;

const int Rounds = 15;
using Stream file = BundledModels.CxrNetS.Open();
using TorchClassifier classifier = TorchClassifier.Load(file, new TorchOptions { Threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1 });
GrayImage[] image = [ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 7, Width = 512, Height = 512 }).Image];
double forward = Median(() => classifier.Classify(image));
Console.WriteLine(FormattableString.Invariant($"{"classify",-22}{forward,10:F2} ms"));
foreach (string name in TorchExplanations.Methods.Keys)
{
    using TorchExplanation method = TorchExplanations.Create(name, classifier);
    double time = Median(() => method.Explain(image, "covid19"));
    Console.WriteLine(FormattableString.Invariant($"{name,-22}{time,10:F2} ms {time / forward,8:F2} x"));
}

// The two are timed in turn, so that a machine that slows down slows both.
double cam = double.MaxValue, plain = double.MaxValue;
using TorchExplanation gradCam = TorchExplanations.Create("gradcam", classifier);
for (int i = 0; i < 10; i++)
{
    plain = Math.Min(plain, Median(() => classifier.Classify(image)));
    cam = Math.Min(cam, Median(() => gradCam.Explain(image, "covid19")));
}

Console.WriteLine(FormattableString.Invariant($"in turn, best medians: classify {plain:F2} ms, grad-cam {cam:F2} ms, {cam / plain:F2} x"));

static double Median(Action run)
{
    run();
    double[] times = new double[Rounds];
    long started = Stopwatch.GetTimestamp();
    int done = 0;
    // Slow methods get fewer rounds, three at least.
    while (done < Rounds && (done < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < 3))
    {
        long one = Stopwatch.GetTimestamp();
        run();
        times[done++] = Stopwatch.GetElapsedTime(one).TotalMilliseconds;
    }

    Array.Sort(times, 0, done);
    return times[done / 2];
}
