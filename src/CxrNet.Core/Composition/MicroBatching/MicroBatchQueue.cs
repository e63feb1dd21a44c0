using System.Diagnostics;

namespace CxrNet;

/// <summary>Calls that wait, and the batches that are made of them. Safe for concurrent use.</summary>
internal sealed class MicroBatchQueue(MicroBatchOptions options, QueueTelemetry telemetry)
{
    // Monitor and not Lock: threads wait on it for company, with a time limit.
    private readonly object _gate = new();
    private readonly LinkedList<MicroBatchCall> _calls = [];
    private int _images;
    private bool _closed;

    /// <summary>Lets a call wait for its batch.</summary>
    /// <returns>Whether it is taken; false once the queue is closed.</returns>
    public bool TryAdd(MicroBatchCall call)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _calls.AddLast(call);
            Wait(call.Images.Length);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>The next batch, as soon as it is full, its first call has waited long enough, or the queue is closing; null once it is closed.</summary>
    public MicroBatch? Next()
    {
        lock (_gate)
        {
            while (!_closed)
            {
                if (_calls.First is not { } first)
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                TimeSpan left = options.MaxDelay - Stopwatch.GetElapsedTime(first.Value.Came);
                if (_images >= options.MaxBatch || left <= TimeSpan.Zero)
                {
                    return Take();
                }

                // Rounded up, or the last fraction of a millisecond would be waited for in a busy loop.
                Monitor.Wait(_gate, (int)Math.Ceiling(left.TotalMilliseconds));
            }

            return null;
        }
    }

    /// <summary>Gives the callers of a batch, or of a part of it, their predictions.</summary>
    public void Answer(MicroBatch batch, int firstPart, int parts, IReadOnlyList<CxrPrediction> predictions)
    {
        lock (_gate)
        {
            int at = 0;
            foreach ((MicroBatchCall call, int start, int count) in batch.Parts.Skip(firstPart).Take(parts))
            {
                call.Add(start, predictions.Skip(at).Take(count));
                at += count;
            }
        }
    }

    /// <summary>Tells a caller that its images failed; those that still wait are not asked for.</summary>
    public void Fail(MicroBatchCall call, Exception error)
    {
        lock (_gate)
        {
            call.Fail(error);
            Drop(call);
        }
    }

    /// <summary>A batch is over.</summary>
    public void Finish(MicroBatch batch)
    {
        lock (_gate)
        {
            batch.Parts.ForEach(p => p.Call.Batches.Remove(batch));
            batch.Dispose();
        }
    }

    /// <summary>A caller goes: its waiting images are dropped, and a batch that nobody else waits for is stopped.</summary>
    public void Abandon(MicroBatchCall call, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            call.Abandon(cancellationToken);
            Drop(call);
            call.Batches.ForEach(static b => b.StopIfAbandoned());
        }
    }

    /// <summary>Takes no more calls and refuses those that have images waiting; batches that are under way are finished.</summary>
    /// <param name="error">What the waiting are told.</param>
    public void Close(Exception error)
    {
        lock (_gate)
        {
            _closed = true;
            while (_calls.First is { } first)
            {
                first.Value.Fail(error);
                Drop(first.Value);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private MicroBatch Take()
    {
        MicroBatch batch = new();
        while (batch.Images < options.MaxBatch && _calls.First is { Value: { } call })
        {
            batch.Take(call, Math.Min(call.Images.Length - call.Taken, options.MaxBatch - batch.Images));
            if (call.Taken == call.Images.Length)
            {
                _calls.RemoveFirst();
            }
        }

        Wait(-batch.Images);
        return batch;
    }

    private void Drop(MicroBatchCall call)
    {
        if (_calls.Remove(call))
        {
            Wait(call.Taken - call.Images.Length);
        }
    }

    private void Wait(int images)
    {
        _images += images;
        telemetry.Wait(images);
    }
}
