using System.Diagnostics;

namespace CxrNet;

/// <summary>What CxrNet tells OpenTelemetry and the like: spans and measurements name stages, models and counts, never a pixel, a finding, a file or a patient.</summary>
/// <remarks>Nothing is allocated and no clock is read where nobody listens. Safe for concurrent use.</remarks>
public static class CxrTelemetry
{
    /// <summary>The source of the spans: <c>AddSource(CxrTelemetry.ActivitySourceName)</c>.</summary>
    public const string ActivitySourceName = "CxrNet";

    /// <summary>The meter: <c>AddMeter(CxrTelemetry.MeterName)</c>.</summary>
    public const string MeterName = MeteredClassifier.MeterName;

    /// <summary>For backends: reports a forward pass that just ended, as the spans <c>cxrnet.prepare</c>, <c>cxrnet.run</c> and <c>cxrnet.read</c> and as three values of <c>cxrnet.stage.duration</c>.</summary>
    /// <param name="model">The id of the model's card.</param>
    /// <param name="images">Images of the pass.</param>
    /// <param name="started">When preparing began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="prepared">When the run began.</param>
    /// <param name="ran">When the run ended and reading began; it ends with this call.</param>
    public static void RecordPass(string model, int images, long started, long prepared, long ran)
    {
        if (StageTelemetry.IsOff)
        {
            return;
        }

        long read = Stopwatch.GetTimestamp();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        StageTelemetry.Record("prepare", model, images, now - Stopwatch.GetElapsedTime(started, read), Stopwatch.GetElapsedTime(started, prepared));
        StageTelemetry.Record("run", model, images, now - Stopwatch.GetElapsedTime(prepared, read), Stopwatch.GetElapsedTime(prepared, ran));
        StageTelemetry.Record("read", model, images, now - Stopwatch.GetElapsedTime(ran, read), Stopwatch.GetElapsedTime(ran, read));
    }
}
