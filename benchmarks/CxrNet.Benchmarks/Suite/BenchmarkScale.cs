namespace CxrNet.Benchmarks;

/// <summary>How much is run: <c>CXRNET_BENCH=quick</c> for a tour of minutes, everything otherwise.</summary>
internal static class BenchmarkScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("CXRNET_BENCH") != "quick";

    public static string Name => IsFull ? "full" : "quick";

    /// <summary>One of two choices.</summary>
    public static T Of<T>(T quick, T full) => IsFull ? full : quick;

    /// <summary>The threads that are compared: one, and two where there are two.</summary>
    public static IReadOnlyList<int> Threads { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>Most threads that are used: more than two have never been measured here.</summary>
    public static int MostThreads => Threads[^1];
}
