using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CxrNet.Conformance;

/// <summary>Whether the times on a backend's predictions are those that passed. Nothing here asks how fast it is: only sums and bounds.</summary>
public abstract class StageTimingConformance
{
    private readonly CxrModelCard _card = ConformanceCards.Classifier with { Id = $"timed-{Guid.NewGuid():N}" };

    /// <summary>Makes a model of drawn weights for a card.</summary>
    protected abstract ICxrClassifier Load(CxrModelCard card);

    [Fact]
    public void TheTotalsOfABatchAddUpToWhatItsPassesTook()
    {
        using ICxrClassifier classifier = Load(_card);
        using HeardStages heard = new(_card.Id);
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<CxrPrediction> predictions = classifier.Classify(ConformanceImages.Several(7), TestContext.Current.CancellationToken);
        AssertAddsUp(predictions, heard, Stopwatch.GetElapsedTime(started));
        Assert.All(predictions, static p => Assert.Equal(TimeSpan.Zero, p.Timings.Queue));
    }

    [Fact]
    public async Task ThoseOfAStreamDoTooAndWaitingIsApart()
    {
        using ICxrClassifier classifier = Load(_card);
        using HeardStages heard = new(_card.Id);
        long started = Stopwatch.GetTimestamp();
        List<CxrPrediction> predictions = [];
        StreamingOptions options = new() { MaxBatch = 3, ConcurrentBatches = 1 };
        await foreach (StreamResult<CxrPrediction> result in classifier.ClassifyAsync(ConformanceImages.Several(11).ToAsyncEnumerable(), options, TestContext.Current.CancellationToken))
        {
            predictions.Add(result.Require());
        }

        AssertAddsUp(predictions, heard, Stopwatch.GetElapsedTime(started));
        Assert.All(predictions, static p => Assert.True(p.Timings.Queue > TimeSpan.Zero));
    }

    // The pass ends with the report of it, a little after the last stage's time was taken for the predictions; a share is rounded down to a tick.
    private static void AssertAddsUp(IReadOnlyList<CxrPrediction> predictions, HeardStages heard, TimeSpan wall)
    {
        Assert.All(predictions, static p => Assert.Equal(p.Timings.Preprocess + p.Timings.Inference + p.Timings.Postprocess, p.Timings.Total));
        double rounding = predictions.Count * 3e-7;
        foreach ((string stage, Func<StageTimings, TimeSpan> of) in ((string, Func<StageTimings, TimeSpan>)[])[("prepare", static t => t.Preprocess), ("run", static t => t.Inference)])
        {
            Assert.Equal(heard.SecondsOf(stage), predictions.Sum(p => of(p.Timings).TotalSeconds), rounding);
        }

        Assert.InRange(predictions.Sum(static p => p.Timings.Postprocess.TotalSeconds), 1e-9, heard.SecondsOf("read") + rounding);
        Assert.InRange(heard.SecondsOf("prepare") + heard.SecondsOf("run") + heard.SecondsOf("read"), 1e-9, wall.TotalSeconds);
    }

    /// <summary>The stages of one model, as the meter tells them.</summary>
    private sealed class HeardStages : IDisposable
    {
        private readonly MeterListener _listener;
        private readonly Dictionary<string, double> _seconds = [];

        public HeardStages(string model)
        {
            _listener = new MeterListener
            {
                InstrumentPublished = static (instrument, listener) =>
                {
                    if (instrument.Meter.Name == CxrTelemetry.MeterName && instrument.Name == "cxrnet.stage.duration")
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
            {
                Dictionary<string, object?> read = new(tags.ToArray());
                if (model.Equals(read.GetValueOrDefault("cxrnet.model")))
                {
                    lock (_seconds)
                    {
                        string stage = (string)read["cxrnet.stage"]!;
                        _seconds[stage] = _seconds.GetValueOrDefault(stage) + seconds;
                    }
                }
            });
            _listener.Start();
        }

        public double SecondsOf(string stage)
        {
            lock (_seconds)
            {
                return _seconds[stage];
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
