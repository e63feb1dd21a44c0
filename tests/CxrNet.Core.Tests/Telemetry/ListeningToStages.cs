using System.Diagnostics;
using System.Diagnostics.Metrics;
using CxrNet.Core.Tests.Composition;
using CxrNet.Core.Tests.Streaming;

namespace CxrNet.Core.Tests.Telemetry;

/// <summary>Spans and measurements belong to the process, so this class runs beside no other.</summary>
[Collection(nameof(Alone))]
public sealed class ListeningToStages
{
    [Fact]
    public void APassIsThreeSpansUnderTheCallersAndThreeTimes()
    {
        using Heard heard = new();
        using Activity caller = new("caller");
        caller.Start();
        long ran = Stopwatch.GetTimestamp(), prepared = ran - (Stopwatch.Frequency / 50), started = prepared - (Stopwatch.Frequency / 100);
        CxrTelemetry.RecordPass("model-7", 5, started, prepared, ran);
        caller.Stop();

        Assert.Equal(["cxrnet.prepare", "cxrnet.run", "cxrnet.read"], heard.Spans.Select(static s => s.OperationName));
        Assert.All(heard.Spans, s => Assert.Equal((caller.SpanId, "model-7", 5), (s.ParentSpanId, s.GetTagItem("cxrnet.model"), s.GetTagItem("cxrnet.images"))));
        Assert.Equal([10, 20], heard.Spans[..2].Select(static s => Math.Round(s.Duration.TotalMilliseconds)));
        // Each begins where the one before it ends, up to the tick that a date is rounded to.
        Assert.InRange((heard.Spans[1].StartTimeUtc - heard.Spans[0].StartTimeUtc - heard.Spans[0].Duration).Ticks, -2, 2);
        Assert.Equal([("prepare", 0.01), ("run", 0.02)], heard.Of("cxrnet.stage.duration").Take(2).Select(static m => (m.Tags["cxrnet.stage"]!, Math.Round(m.Value, 4))));
        Assert.Equal(3, heard.Of("cxrnet.stage.duration").Count());
    }

    [Fact]
    public async Task AStreamTellsWhatItDecodesWhatWaitsAndWhatItHandsOver()
    {
        using Heard heard = new();
        RadiographSource[] sources = [Streams.Source(0, 51), RadiographSource.FromBytes(Streams.Broken, "Jane's file"), Streams.Source(2, 102)];
        await Streams.Classifier().ClassifyAsync(sources.ToAsyncEnumerable(), new CountedDecoder(), new StreamingOptions { Decoders = 1 }, TestContext.Current.CancellationToken).ToListAsync();

        Activity[] decoding = [.. heard.Spans.Where(static s => s.OperationName == "cxrnet.decode")];
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error, ActivityStatusCode.Unset], decoding.Select(static s => s.Status));
        Assert.Equal("System.IO.InvalidDataException", decoding[1].GetTagItem("error.type"));
        Assert.Equal(2, heard.Of("cxrnet.batch.images").Sum(static m => m.Value));
        Assert.Equal(0, heard.Of("cxrnet.queue.images").Sum(static m => m.Value));
        Assert.Equal(3, heard.Of("cxrnet.queue.images").Where(static m => m.Value > 0).Sum(static m => m.Value));
        Assert.Equal(3, heard.Of("cxrnet.queue.duration").Count());
        Assert.Equal([null, "System.IO.InvalidDataException", null], heard.Of("cxrnet.stream.images").Select(static m => m.Tags.GetValueOrDefault("error.type")));
        Assert.All(heard.Of("cxrnet.stream.images"), static m => Assert.Equal(("stream", "scripted-1"), (m.Tags["cxrnet.batching"], m.Tags["cxrnet.model"])));
        heard.AssertNothingOf("Jane", "covid", "normal");
    }

    [Fact]
    public async Task AStreamThatIsLeftHasNothingWaiting()
    {
        using Heard heard = new();
        await foreach (StreamResult<CxrPrediction> _ in Streams.Classifier().ClassifyAsync(Enumerable.Range(0, 30).Select(static i => Streams.Source(i, 1)).ToAsyncEnumerable(), new CountedDecoder(), cancellationToken: TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.Equal(0, heard.Of("cxrnet.queue.images").Sum(static m => m.Value));
    }

    [Fact]
    public async Task ABatchOfSeveralCallersIsLinkedToEach()
    {
        using Heard heard = new();
        using MicroBatchingClassifier batching = new ScriptedClassifier().WithMicroBatching(new MicroBatchOptions { MaxBatch = 2, MaxDelay = TimeSpan.FromMinutes(1) });
        ActivitySpanId[] callers = await Task.WhenAll(Call(), Call());
        batching.Dispose();

        Activity batch = Assert.Single(heard.Spans, static s => s.OperationName == "cxrnet.batch");
        Assert.Equal(callers.Order(Comparer<ActivitySpanId>.Create(static (a, b) => string.CompareOrdinal(a.ToHexString(), b.ToHexString()))), batch.Links.Select(static l => l.Context.SpanId).Order(Comparer<ActivitySpanId>.Create(static (a, b) => string.CompareOrdinal(a.ToHexString(), b.ToHexString()))));
        Assert.Equal((2, "scripted-1"), (batch.GetTagItem("cxrnet.images"), batch.GetTagItem("cxrnet.model")));
        Assert.Equal([2], heard.Of("cxrnet.batch.images").Select(static m => m.Value));
        Assert.Equal(0, heard.Of("cxrnet.queue.images").Sum(static m => m.Value));

        async Task<ActivitySpanId> Call()
        {
            using Activity caller = new("caller");
            caller.Start();
            await batching.ClassifyAsync(Scripted.Image(), TestContext.Current.CancellationToken);
            return caller.SpanId;
        }
    }

    [Fact]
    public void WhereNobodyListensNothingIsAllocated()
    {
        QueueTelemetry queue = new("micro", "scripted-1");
        InvalidDataException error = new();
        AllocationAssert.None(() =>
        {
            long now = Stopwatch.GetTimestamp();
            CxrTelemetry.RecordPass("scripted-1", 8, now, now, now);
            DecodeTelemetry.Record(now, error);
            queue.Wait(3);
            queue.Waits(TimeSpan.FromMilliseconds(1));
            queue.Batches(8);
            queue.Streams(error);
        });
    }

    /// <summary>All that CxrNet tells while it lives.</summary>
    private sealed class Heard : IDisposable
    {
        private readonly ActivityListener _spans;
        private readonly MeterListener _meter;
        private readonly List<Activity> _heard = [];
        private readonly List<(string Instrument, double Value, Dictionary<string, string?> Tags)> _measured = [];

        public Heard()
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == CxrTelemetry.ActivitySourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = Locked<Activity>(_heard.Add),
            };
            ActivitySource.AddActivityListener(_spans);
            _meter = new MeterListener
            {
                InstrumentPublished = static (instrument, listener) =>
                {
                    if (instrument.Meter.Name == CxrTelemetry.MeterName)
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _meter.SetMeasurementEventCallback<double>((i, v, tags, _) => Measured(i, v, tags));
            _meter.SetMeasurementEventCallback<long>((i, v, tags, _) => Measured(i, v, tags));
            _meter.SetMeasurementEventCallback<int>((i, v, tags, _) => Measured(i, v, tags));
            _meter.Start();
        }

        public Activity[] Spans
        {
            get
            {
                lock (_heard)
                {
                    return [.. _heard];
                }
            }
        }

        public IEnumerable<(double Value, Dictionary<string, string?> Tags)> Of(string instrument)
        {
            lock (_heard)
            {
                return [.. _measured.Where(m => m.Instrument == instrument).Select(static m => (m.Value, m.Tags))];
            }
        }

        public void AssertNothingOf(params string[] words)
        {
            string all = string.Join('\n', Spans.Select(static s => s.DisplayName + s.StatusDescription + string.Join(';', s.TagObjects)).Concat(_measured.Select(static m => string.Join(';', m.Tags))));
            Assert.All(words, word => Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase));
        }

        public void Dispose()
        {
            _spans.Dispose();
            _meter.Dispose();
        }

        private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, string?> read = [];
            foreach ((string key, object? tag) in tags)
            {
                read.Add(key, tag?.ToString());
            }

            lock (_heard)
            {
                _measured.Add((instrument.Name, value, read));
            }
        }

        private Action<T> Locked<T>(Action<T> add) => value =>
        {
            lock (_heard)
            {
                add(value);
            }
        };
    }
}

/// <summary>Tests that nothing else may run beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
