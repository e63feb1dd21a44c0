namespace CxrNet.Benchmarks.Measuring;

/// <summary>One of those that are timed in turn.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Time">Does the work once and gives its milliseconds; a peer in another process times itself.</param>
internal sealed record Contender(string Name, Func<double> Time)
{
    /// <summary>Work of this process.</summary>
    public static Contender Of(string name, Action work) => new(name, () =>
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        work();
        return System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    });
}
