using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>One call of a decorated instance, timed, and logged where it fails.</summary>
internal static class LoggedCall
{
    /// <summary>Runs a call and says how long it took.</summary>
    public static T Run<T>(ILogger logger, string source, int images, Func<T> call, out double milliseconds)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            T result = call();
            milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return result;
        }
        catch (OperationCanceledException)
        {
            logger.Cancelled(source, images, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            throw;
        }
        catch (Exception e)
        {
            logger.Failed(e, source, images, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            throw;
        }
    }
}
