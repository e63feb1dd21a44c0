using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CxrNet.WebViewer.Hosting;

/// <summary>How long analyses take, by engine, method and outcome; and a span for each.</summary>
internal sealed class ViewerMetrics
{
    public const string Name = "CxrNet.WebViewer";

    private static readonly ActivitySource Source = new(Name);
    private readonly Histogram<double> _duration;

    public ViewerMetrics(IMeterFactory meters) =>
        _duration = meters.Create(Name).CreateHistogram<double>("cxrnet.viewer.analysis.duration", "s", "From an uploaded file to its report.");

    /// <summary>Runs and measures.</summary>
    public T Measure<T>(string backend, string method, Func<T> analysis)
    {
        using Activity? activity = Source.StartActivity("analyze");
        TagList tags = new() { { "cxrnet.backend", backend }, { "cxrnet.method", method } };
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            activity?.SetTag(tag.Key, tag.Value);
        }

        long started = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            return analysis();
        }
        catch (Exception e)
        {
            // The kind alone: a message could say something of the file.
            error = e.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error, error);
            throw;
        }
        finally
        {
            if (error is not null)
            {
                tags.Add("error.type", error);
            }

            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}
