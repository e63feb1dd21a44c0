using System.Diagnostics.Metrics;

namespace CxrNet.Core.Tests.Composition;

public sealed class MeasuringCalls
{
    [Fact]
    public void CallsImagesAndReservationsAreCounted()
    {
        using Recorded recorded = new();
        using MeteredClassifier classifier = new ScriptedClassifier() { Distance = 2 }.WithMetrics(recorded);
        classifier.Classify([Scripted.Image(), Scripted.Image()], TestContext.Current.CancellationToken);
        new ScriptedSegmenter().WithMetrics(recorded).Segment([Scripted.Image()], TestContext.Current.CancellationToken);
        new ScriptedExplanation().WithMetrics(recorded).Explain([Scripted.Image()], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["classify scripted-1", "segment scripted-lungs-1", "explain scripted"], recorded.Of("cxrnet.call.duration").Select(static m => $"{m.Tags["cxrnet.operation"]} {m.Tags["cxrnet.model"]}"));
        Assert.All(recorded.Of("cxrnet.call.duration"), static m => Assert.InRange(m.Value, 1e-9, 60));
        Assert.Equal([2, 1, 1], recorded.Of("cxrnet.call.images").Select(static m => m.Value));
        Assert.Equal([("unlike", 2), ("undecided", 2)], recorded.Of("cxrnet.classify.reserved").Select(static m => (m.Tags["cxrnet.reason"], m.Value)));
    }

    [Fact]
    public void AFailureIsATimeWithTheKindOfErrorAndNoImages()
    {
        using Recorded recorded = new();
        using MeteredClassifier classifier = new ScriptedClassifier { Before = static (_, _) => throw new CxrModelException("scripted-1", "broken") }.WithMetrics(recorded);
        Assert.Throws<CxrModelException>(() => classifier.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        Assert.Equal("CxrNet.CxrModelException", Assert.Single(recorded.Of("cxrnet.call.duration")).Tags["error.type"]);
        Assert.Empty(recorded.Of("cxrnet.call.images"));
    }

    [Fact]
    public void WithoutAFactoryTheProcessHasOneMeter()
    {
        string id = "metered-" + Guid.NewGuid();
        List<object?> models = [];
        using MeterListener listener = new() { InstrumentPublished = static (instrument, l) => l.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Meter.Name == MeteredClassifier.MeterName && instrument.Name == "cxrnet.call.duration")
            {
                lock (models)
                {
                    models.Add(tags.ToArray().First(static t => t.Key == "cxrnet.model").Value);
                }
            }
        });
        listener.Start();
        using MeteredClassifier classifier = new ScriptedClassifier(Scripted.Card with { Id = id }).WithMetrics();
        classifier.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Contains(id, models);
    }

    /// <summary>A factory whose meters are listened to, and no others.</summary>
    private sealed class Recorded : IMeterFactory
    {
        private readonly List<(string Instrument, double Value, Dictionary<string, string?> Tags)> _measured = [];
        private readonly List<Meter> _meters = [];
        private readonly MeterListener _listener;

        public Recorded()
        {
            _listener = new MeterListener { InstrumentPublished = (instrument, l) => Listen(instrument, l) };
            _listener.SetMeasurementEventCallback<double>((i, v, tags, _) => _measured.Add((i.Name, v, Read(tags))));
            _listener.SetMeasurementEventCallback<long>((i, v, tags, _) => _measured.Add((i.Name, v, Read(tags))));
            _listener.Start();
        }

        public IEnumerable<(double Value, Dictionary<string, string?> Tags)> Of(string instrument) =>
            _measured.Where(m => m.Instrument == instrument).Select(static m => (m.Value, m.Tags));

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            Meter meter = new(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose()
        {
            _listener.Dispose();
            _meters.ForEach(static m => m.Dispose());
        }

        private void Listen(Instrument instrument, MeterListener listener)
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }

        private static Dictionary<string, string?> Read(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, string?> read = [];
            foreach ((string key, object? value) in tags)
            {
                read.Add(key, value?.ToString());
            }

            return read;
        }
    }
}
