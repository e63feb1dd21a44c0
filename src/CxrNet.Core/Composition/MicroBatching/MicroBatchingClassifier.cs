using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxrNet;

/// <summary>Puts the images of callers that come at the same time together into batches, within a latency budget.</summary>
/// <remarks>
/// Safe for concurrent use. Batches run on threads of this classifier, so that a caller that is cancelled returns at once; what it asked for is dropped, and a run that nobody else waits for is stopped. Other callers notice nothing.
/// Where the model refuses a batch of several callers, each caller is asked for alone, so that nobody gets another's failure. Disposed of while calls are running, it finishes the batches under way and ends the calls that wait with an <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class MicroBatchingClassifier : DelegatingClassifier
{
    private readonly MicroBatchQueue _queue;
    private readonly QueueTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Thread[] _threads;

    /// <summary>Puts micro-batching around a classifier.</summary>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="options">The budget; <see cref="MicroBatchOptions.Default"/> where null.</param>
    /// <param name="logger">Told of batches, with counts and times; it stays the caller's.</param>
    /// <exception cref="ArgumentException">The options are contradictory.</exception>
    public MicroBatchingClassifier(ICxrClassifier classifier, MicroBatchOptions? options = null, ILogger? logger = null)
        : base(classifier)
    {
        options = (options ?? MicroBatchOptions.Default).Checked();
        _logger = logger ?? NullLogger.Instance;
        _telemetry = new QueueTelemetry("micro", classifier.Card.Id);
        _queue = new MicroBatchQueue(options, _telemetry);
        // Threads and not the pool: its threads may all be callers that wait here.
        _threads = new Thread[options.ConcurrentBatches];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(RunBatches) { IsBackground = true, Name = "CxrNet micro-batching" };
            _threads[i].UnsafeStart();
        }
    }

    /// <summary>Scores images in batches with those of other callers, without holding a thread while it waits.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="cancellationToken">Abandons these images.</param>
    /// <returns>One prediction per image, in the same order.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<CxrPrediction>> ClassifyAsync(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        RequireUsable(cancellationToken);
        if (Ask(images, cancellationToken) is not { } call)
        {
            return [];
        }

        using CancellationTokenRegistration abandoning = Abandoning(call, cancellationToken);
        return await call.Answer.ConfigureAwait(false);
    }

    /// <summary>Scores one image in a batch with those of other callers, without holding a thread while it waits.</summary>
    /// <param name="image">A grey plane of any size.</param>
    /// <param name="cancellationToken">Abandons the image.</param>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<CxrPrediction> ClassifyAsync(GrayImage image, CancellationToken cancellationToken = default) =>
        (await ClassifyAsync([image], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        if (Ask(images, cancellationToken) is not { } call)
        {
            return [];
        }

        using CancellationTokenRegistration abandoning = Abandoning(call, cancellationToken);
        return call.Answer.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _queue.Close(new ObjectDisposedException(GetType().FullName));
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        base.DisposeOwned();
    }

    private MicroBatchCall? Ask(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        if (read.Length == 0)
        {
            return null;
        }

        MicroBatchCall call = new(read);
        ObjectDisposedException.ThrowIf(!_queue.TryAdd(call), this);
        return call;
    }

    private CancellationTokenRegistration Abandoning(MicroBatchCall call, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static (state, token) =>
        {
            (MicroBatchQueue queue, MicroBatchCall abandoned) = ((MicroBatchQueue, MicroBatchCall))state!;
            queue.Abandon(abandoned, token);
        }, (_queue, call));

    private void RunBatches()
    {
        while (_queue.Next() is { } batch)
        {
            try
            {
                Run(batch);
            }
            catch (Exception e)
            {
                // Whatever it is belongs to the callers; an exception here would end the process.
                batch.Parts.ForEach(p => _queue.Fail(p.Call, e));
            }
            finally
            {
                _queue.Finish(batch);
            }
        }
    }

    private void Run(MicroBatch batch)
    {
        long began = Stopwatch.GetTimestamp();
        long first = batch.Parts.Min(static p => p.Call.Came);
        _telemetry.Batches(batch.Images);
        batch.Parts.ForEach(p => _telemetry.Waits(Stopwatch.GetElapsedTime(p.Call.Came, began)));
        _logger.Batched(Card.Id, batch.Images, batch.Parts.Count, Stopwatch.GetElapsedTime(first, began).TotalMilliseconds);
        using Activity? span = StageTelemetry.HasSpans ? StageTelemetry.StartBatch(Card.Id, batch.Images, batch.Parts.Select(static p => p.Call.Span)) : null;
        try
        {
            _queue.Answer(batch, 0, batch.Parts.Count, Ask(batch, batch.All(), began, 0, batch.Parts.Count));
        }
        catch (CxrModelException e) when (batch.Parts.Count > 1)
        {
            _logger.Split(Card.Id, batch.Images, batch.Parts.Count, e.InnerException?.GetType().Name ?? e.GetType().Name);
            RunAlone(batch, began);
        }
        catch (Exception e)
        {
            StageTelemetry.Fail(span, e);
            throw;
        }
    }

    private void RunAlone(MicroBatch batch, long began)
    {
        for (int i = 0; i < batch.Parts.Count; i++)
        {
            (MicroBatchCall call, int start, int count) = batch.Parts[i];
            if (call.IsOver)
            {
                continue;
            }

            try
            {
                _queue.Answer(batch, i, 1, Ask(batch, call.Images[start..(start + count)], began, i, 1));
            }
            catch (CxrModelException e)
            {
                _queue.Fail(call, e);
            }
        }
    }

    private CxrPrediction[] Ask(MicroBatch batch, GrayImage[] images, long began, int firstPart, int parts)
    {
        IReadOnlyList<CxrPrediction> predictions = Inner.Classify(images, batch.Token);
        if (predictions.Count != images.Length)
        {
            throw new InvalidOperationException($"{predictions.Count} results came for {images.Length} images.");
        }

        CxrPrediction[] stamped = new CxrPrediction[images.Length];
        int at = 0;
        foreach ((MicroBatchCall call, _, int count) in batch.Parts.Skip(firstPart).Take(parts))
        {
            TimeSpan queue = Stopwatch.GetElapsedTime(call.Came, began);
            for (int end = at + count; at < end; at++)
            {
                CxrPrediction prediction = predictions[at];
                stamped[at] = prediction with { Timings = prediction.Timings with { Queue = prediction.Timings.Queue + queue } };
            }
        }

        return stamped;
    }
}
