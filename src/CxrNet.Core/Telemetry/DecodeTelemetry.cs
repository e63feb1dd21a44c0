using System.Diagnostics;

namespace CxrNet;

/// <summary>The span <c>cxrnet.decode</c> of one file.</summary>
internal static class DecodeTelemetry
{
    /// <summary>Reports a file that was just decoded, or was not.</summary>
    /// <param name="started">When it began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="error">What it failed with, if it did.</param>
    public static void Record(long started, Exception? error)
    {
        if (!StageTelemetry.IsOff)
        {
            TimeSpan duration = Stopwatch.GetElapsedTime(started);
            StageTelemetry.Record("decode", null, 1, DateTimeOffset.UtcNow - duration, duration, error);
        }
    }
}
