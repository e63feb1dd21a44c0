using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>The instruments of what waits and of what it is put together to: <c>cxrnet.queue.images</c>, <c>cxrnet.queue.duration</c>, <c>cxrnet.batch.images</c>, <c>cxrnet.stream.images</c>.</summary>
/// <param name="kind">Who makes the batches: <c>stream</c> or <c>micro</c>.</param>
/// <param name="model">The card's id; null where no model is asked.</param>
internal readonly struct QueueTelemetry(string kind, string? model)
{
    private static readonly UpDownCounter<long> Waiting = CompositionMeter.OfProcess.CreateUpDownCounter<long>("cxrnet.queue.images", "{image}", "Images that wait for their batch.");
    private static readonly Histogram<double> Waited = CompositionMeter.OfProcess.CreateHistogram<double>("cxrnet.queue.duration", "s", "How long an image waited for its batch.");
    private static readonly Histogram<int> Batch = CompositionMeter.OfProcess.CreateHistogram<int>("cxrnet.batch.images", "{image}", "Images of a batch.");
    private static readonly Counter<long> Streamed = CompositionMeter.OfProcess.CreateCounter<long>("cxrnet.stream.images", "{image}", "Images that a stream gave a result or an error for.");

    /// <summary>Images came to wait, or, where negative, ceased to.</summary>
    public void Wait(int images)
    {
        if (Waiting.Enabled)
        {
            Waiting.Add(images, Tags());
        }
    }

    /// <summary>An image's wait is over.</summary>
    public void Waits(TimeSpan duration)
    {
        if (Waited.Enabled)
        {
            Waited.Record(duration.TotalSeconds, Tags());
        }
    }

    /// <summary>A batch begins.</summary>
    public void Batches(int images)
    {
        if (Batch.Enabled)
        {
            Batch.Record(images, Tags());
        }
    }

    /// <summary>A stream handed something over.</summary>
    public void Streams(Exception? error)
    {
        if (Streamed.Enabled)
        {
            TagList tags = Tags();
            if (error is not null)
            {
                tags.Add("error.type", error.GetType().FullName);
            }

            Streamed.Add(1, tags);
        }
    }

    private TagList Tags()
    {
        TagList tags = new() { { "cxrnet.batching", kind } };
        if (model is not null)
        {
            tags.Add("cxrnet.model", model);
        }

        return tags;
    }
}
