using System.Diagnostics;

namespace CxrNet.Benchmarks.Peers;

internal static class Stopwatched
{
    /// <summary>Milliseconds of one call.</summary>
    public static double Time(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
