using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>The spans and the histogram of the stages.</summary>
/// <remarks>Spans are made when a stage is over: its times are taken anyway, and a failed pass belongs to the call that failed.</remarks>
internal static class StageTelemetry
{
    private static readonly ActivitySource Spans = new(CxrTelemetry.ActivitySourceName);

    private static readonly Histogram<double> Duration = CompositionMeter.OfProcess.CreateHistogram<double>("cxrnet.stage.duration", "s", "How long a stage took for all images of a pass.");

    /// <summary>Whether nobody listens.</summary>
    public static bool IsOff => !Duration.Enabled && !Spans.HasListeners();

    /// <summary>Whether spans are listened to.</summary>
    public static bool HasSpans => Spans.HasListeners();

    /// <summary>Reports a stage that is over.</summary>
    /// <param name="stage">decode, prepare, run or read.</param>
    /// <param name="model">The card's id; null for decoding, which knows no model.</param>
    /// <param name="images">Images of the stage.</param>
    /// <param name="start">When it began.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="error">What it failed with, of which only the type is told.</param>
    public static void Record(string stage, string? model, int images, DateTimeOffset start, TimeSpan duration, Exception? error = null)
    {
        if (Duration.Enabled)
        {
            TagList tags = new() { { "cxrnet.stage", stage } };
            Add(ref tags, "cxrnet.model", model);
            Add(ref tags, "error.type", error?.GetType().FullName);
            Duration.Record(duration.TotalSeconds, tags);
        }

        using Activity? span = Spans.HasListeners() ? Spans.StartActivity("cxrnet." + stage, ActivityKind.Internal, default(ActivityContext), startTime: start) : null;
        if (span is not null)
        {
            span.SetTag("cxrnet.images", images).SetTag("cxrnet.model", model).SetEndTime((start + duration).UtcDateTime);
            Fail(span, error);
        }
    }

    /// <summary>The span of a batch that is put together from several callers; its stages are its children.</summary>
    /// <param name="model">The card's id.</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="callers">The spans of the callers, which are not its parents.</param>
    public static Activity? StartBatch(string model, int images, IEnumerable<ActivityContext> callers) =>
        Spans.StartActivity("cxrnet.batch", ActivityKind.Internal, default(ActivityContext), links: callers.Distinct().Where(static c => c != default).Select(static c => new ActivityLink(c)))
            ?.SetTag("cxrnet.model", model).SetTag("cxrnet.images", images);

    /// <summary>Marks a span as failed; a message could name a file, so only the type is told.</summary>
    public static void Fail(Activity? span, Exception? error)
    {
        if (span is not null && error is not null)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error.GetType().FullName);
        }
    }

    private static void Add(ref TagList tags, string key, string? value)
    {
        if (value is not null)
        {
            tags.Add(key, value);
        }
    }
}
