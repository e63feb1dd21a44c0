using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>The instruments of the metrics decorators. Tags name operation, model and kind of error; never a finding or a patient.</summary>
internal sealed class CompositionMeter
{
    /// <summary>A meter that no factory made: it lives as long as the process, and all share it.</summary>
    public static readonly Meter OfProcess = new(MeteredClassifier.MeterName);

    private static readonly CompositionMeter Shared = new(OfProcess);

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _images;
    private readonly Counter<long> _reserved;

    private CompositionMeter(Meter meter)
    {
        _duration = meter.CreateHistogram<double>("cxrnet.call.duration", "s", "How long calls took; error.type where they failed.");
        _images = meter.CreateCounter<long>("cxrnet.call.images", "{image}", "Images of calls that ended well.");
        _reserved = meter.CreateCounter<long>("cxrnet.classify.reserved", "{image}", "Images whose findings were unlike the training's, withheld or undecided.");
    }

    /// <summary>Instruments of a factory's meter; the factory owns it. The process's own where null.</summary>
    public static CompositionMeter Of(IMeterFactory? factory) =>
        factory is null ? Shared : new CompositionMeter(factory.Create(MeteredClassifier.MeterName));

    /// <summary>Runs a call and records it.</summary>
    public T Run<T>(string operation, string source, int images, Func<T> call)
    {
        long started = Stopwatch.GetTimestamp();
        TagList tags = new() { { "cxrnet.operation", operation }, { "cxrnet.model", source } };
        try
        {
            T result = call();
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
            _images.Add(images, tags);
            return result;
        }
        catch (Exception e)
        {
            tags.Add("error.type", e.GetType().FullName);
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
            throw;
        }
    }

    /// <summary>Counts what a reader should not rely on; nothing is recorded where there is none.</summary>
    public void Reserve(string model, IReadOnlyList<CxrPrediction> predictions)
    {
        Count(model, "unlike", predictions.Count(static p => p.IsUnlike));
        Count(model, "withheld", predictions.Count(static p => p.IsWithheld));
        Count(model, "undecided", predictions.Count(static p => p.IsUndecided));
    }

    private void Count(string model, string reason, int count)
    {
        if (count > 0)
        {
            _reserved.Add(count, new TagList { { "cxrnet.model", model }, { "cxrnet.reason", reason } });
        }
    }
}
