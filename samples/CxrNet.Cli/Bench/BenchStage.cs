using System.Diagnostics;

namespace CxrNet.Cli;

/// <summary>A piece of work that bench repeats, and its times.</summary>
internal sealed class BenchStage(string name, int images, Action work)
{
    private readonly List<double> _milliseconds = [];
    private long _allocated;

    public void WarmUp() => work();

    public void RunOnce()
    {
        long before = GC.GetTotalAllocatedBytes(), started = Stopwatch.GetTimestamp();
        work();
        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        _allocated += GC.GetTotalAllocatedBytes() - before;
    }

    /// <summary>Per image; images a second of the median.</summary>
    public BenchStageLine ToLine()
    {
        double[] sorted = [.. _milliseconds.Order().Select(t => t / images)];
        double At(double quantile) => sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
        return new BenchStageLine(name, 1000 / At(0.5), At(0.5), At(0.05), At(0.95), _allocated / (double)(sorted.Length * images), sorted.Length);
    }
}
