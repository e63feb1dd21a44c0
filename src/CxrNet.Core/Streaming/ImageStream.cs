// Over 200 lines: three stages share two channels, one credit and one way to stop; apart, each would carry the state of all.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CxrNet;

/// <summary>Sources in, results out, in order: reading, scoring and the consumer work at the same time.</summary>
/// <remarks>
/// Two loops: one asks the source and starts decoding, the other makes batches of what is ready and starts scoring. Between them stand channels of tasks in the source's order, so nothing is ever sorted.
/// All that is held is bounded by one credit, taken before the source is asked and given back when the consumer comes for the next result: that is the back-pressure.
/// Nothing outlives the enumeration: however it ends, it waits for every task that it started.
/// </remarks>
internal sealed class ImageStream<T>
    where T : class
{
    private readonly IAsyncEnumerable<RadiographSource> _sources;
    private readonly IRadiographDecoder? _decoder;
    private readonly StreamWork<T> _work;
    private readonly StreamingOptions _options;
    private readonly StreamCredit _credit;
    private readonly QueueTelemetry _telemetry;
    private readonly Channel<Task<StreamItem>> _read;
    private readonly Channel<Task<StreamBatchResult>> _scored;
    private int _waiting;

    private ImageStream(IAsyncEnumerable<RadiographSource> sources, IRadiographDecoder? decoder, StreamWork<T> work, StreamingOptions options)
    {
        (_sources, _decoder, _work, _options) = (sources, decoder, work, options);
        _credit = new StreamCredit(options.MaxInFlight, options.MaxBytesInFlight);
        _telemetry = new QueueTelemetry("stream", work.Model);
        // The credit bounds both: each entry of a channel holds at least one image.
        BoundedChannelOptions bound = new(options.MaxInFlight) { SingleReader = true, SingleWriter = true };
        _read = Channel.CreateBounded<Task<StreamItem>>(bound);
        _scored = Channel.CreateBounded<Task<StreamBatchResult>>(bound);
    }

    /// <summary>A stream that begins when it is enumerated; each enumeration asks the source anew.</summary>
    public static async IAsyncEnumerable<StreamResult<T>> RunAsync(IAsyncEnumerable<RadiographSource> sources, IRadiographDecoder? decoder, StreamWork<T> work, StreamingOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImageStream<T> stream = new(sources, decoder, work, options);
        await foreach (StreamResult<T> result in stream.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<StreamResult<T>> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken stopped = stop.Token;
        // On the pool from the first step on, so that neither a slow source nor a slow model runs on the consumer's thread.
        Task reading = Task.Run(() => ReadAsync(stopped), CancellationToken.None);
        Task batching = Task.Run(() => BatchAsync(stopped), CancellationToken.None);
        long started = Stopwatch.GetTimestamp(), images = 0, failed = 0;
        bool ended = false;
        try
        {
            while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } batch)
            {
                for (int i = 0; i < batch.Results.Length; i++)
                {
                    StreamResult<T> result = batch.Results[i];
                    images++;
                    failed += result.IsSuccess ? 0 : 1;
                    _telemetry.Streams(result.Error);
                    yield return result;
                    batch.Results[i] = null!;
                    _credit.Leave(batch.Held[i]);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            ended = true;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Each loop waits for the tasks that it started, and neither throws: its error is in its channel.
            await Task.WhenAll(reading, batching).ConfigureAwait(false);
            _telemetry.Wait(-_waiting);
            _options.Logger.Streamed(images, failed, Stopwatch.GetElapsedTime(started).TotalMilliseconds, ended ? "to its end" : "until it was stopped");
        }
    }

    /// <summary>The results of the next batch; null at the end.</summary>
    private async ValueTask<StreamBatchResult?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _scored.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _scored.Reader.TryRead(out Task<StreamBatchResult>? batch)
                ? await batch.ConfigureAwait(false)
                : null;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // The consumer's own token, not the one that stops the stages.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken stopped)
    {
        using SemaphoreSlim decoders = new(_options.Decoders);
        // The semaphore must outlive the decoding that gives it back.
        Queue<Task> running = new();
        Exception? error = null;
        try
        {
            IAsyncEnumerator<RadiographSource> sources = _sources.GetAsyncEnumerator(stopped);
            await using (sources.ConfigureAwait(false))
            {
                for (long index = 0; ; index++)
                {
                    await _credit.EnterAsync(stopped).ConfigureAwait(false);
                    await decoders.WaitAsync(stopped).ConfigureAwait(false);
                    if (!await sources.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }

                    StreamItem item = new(index, sources.Current ?? throw new ArgumentException($"Source {index} of the stream is null."));
                    Task<StreamItem> read = Task.Run(() => ReadAsync(item, decoders, stopped), CancellationToken.None);
                    running.Enqueue(read);
                    while (running.TryPeek(out Task? oldest) && oldest.IsCompleted)
                    {
                        _ = running.Dequeue();
                    }

                    await _read.Writer.WriteAsync(read, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _read.Writer.Complete(error);
    }

    private async Task<StreamItem> ReadAsync(StreamItem item, SemaphoreSlim decoders, CancellationToken stopped)
    {
        try
        {
            await item.ReadAsync(_decoder, _options.Limits, _work.BytesPerPixel, stopped).ConfigureAwait(false);
        }
        finally
        {
            decoders.Release();
        }

        _credit.Hold(item.Held);
        Wait(1);
        if (item.Error is { } error)
        {
            _options.Logger.Unreadable(item.Index, error.InnerException?.GetType().Name ?? error.GetType().Name);
        }

        return item;
    }

    private async Task BatchAsync(CancellationToken stopped)
    {
        using SemaphoreSlim places = new(_options.ConcurrentBatches);
        Exception? error = null;
        List<Task> running = [];
        try
        {
            while (await _read.Reader.WaitToReadAsync(stopped).ConfigureAwait(false) && _read.Reader.TryRead(out Task<StreamItem>? first))
            {
                List<StreamItem> items = [await first.ConfigureAwait(false)];
                // While a place is waited for, more images become ready.
                await places.WaitAsync(stopped).ConfigureAwait(false);
                await AddReadyAsync(items).ConfigureAwait(false);
                // One that failed stays, so that its exception is looked at even where the consumer has gone.
                running.RemoveAll(static t => t.IsCompleted && !t.IsFaulted);
                // A thread of its own: on a small machine batches would otherwise hold all threads of the pool, and decoding would wait for them.
                Task<StreamBatchResult> scoring = Task.Factory.StartNew(() => Score(items, places, stopped), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
                running.Add(scoring);
                await _scored.Writer.WriteAsync(scoring, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _scored.Writer.Complete(error);
    }

    private async ValueTask AddReadyAsync(List<StreamItem> items)
    {
        int images = items.Count(static i => i.Image is not null);
        while (images < _options.MaxBatch && _read.Reader.TryPeek(out Task<StreamItem>? next) && next.IsCompleted)
        {
            _read.Reader.TryRead(out _);
            StreamItem item = await next.ConfigureAwait(false);
            items.Add(item);
            images += item.Image is null ? 0 : 1;
        }
    }

    private StreamBatchResult Score(List<StreamItem> items, SemaphoreSlim places, CancellationToken stopped)
    {
        try
        {
            stopped.ThrowIfCancellationRequested();
            Wait(-items.Count);
            foreach (StreamItem item in items)
            {
                item.Begin();
                _telemetry.Waits(item.Queue);
            }

            int images = items.Count(static i => i.Image is not null);
            if (images > 0)
            {
                _telemetry.Batches(images);
            }

            StreamResult<T>[] results = StreamBatch.Score(items, _work, _options.KeepImages, stopped);
            if (!_options.KeepImages && !_work.ValuesHoldImages)
            {
                _credit.Hold(-items.Sum(static i => i.Free()));
            }

            return new StreamBatchResult(results, [.. items.Select(static i => i.Held)]);
        }
        finally
        {
            places.Release();
        }
    }

    private void Wait(int images)
    {
        Interlocked.Add(ref _waiting, images);
        _telemetry.Wait(images);
    }

    /// <summary>The results of a batch and what each still holds of the credit's bytes.</summary>
    private sealed record StreamBatchResult(StreamResult<T>[] Results, long[] Held);
}
