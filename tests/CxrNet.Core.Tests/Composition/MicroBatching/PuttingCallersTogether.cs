namespace CxrNet.Core.Tests.Composition.MicroBatching;

/// <summary>Callers at the same time, held apart by gates and not by clocks.</summary>
public sealed class PuttingCallersTogether
{
    private static readonly MicroBatchOptions NoDelay = new() { MaxDelay = TimeSpan.Zero };
    private static readonly MicroBatchOptions Patient = new() { MaxDelay = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task WhatComesWhileABatchRunsIsTheNextBatch()
    {
        using GatedClassifier inner = new();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(NoDelay);
        Task<CxrPrediction> first = batching.ClassifyAsync(Scripted.Image(0.1f), TestContext.Current.CancellationToken);
        await inner.Started(1);
        Task<CxrPrediction>[] others = [.. Enumerable.Range(2, 5).Select(i => batching.ClassifyAsync(Scripted.Image(i / 10f), TestContext.Current.CancellationToken))];
        inner.Open();
        CxrPrediction[] answers = await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 5], inner.Batches);
        Assert.Equal(Enumerable.Range(1, 6).Select(static i => Scripted.Mean(Scripted.Image(i / 10f))), answers.Select(static a => a.Logits[0]));
    }

    [Fact]
    public async Task AFullBatchDoesNotWait()
    {
        using ScriptedClassifier inner = new();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(Patient with { MaxBatch = 3 });
        Task<CxrPrediction>[] callers = [.. Enumerable.Range(0, 3).Select(i => OnAThread(() => batching.Classify(Scripted.Image(i / 10f), TestContext.Current.CancellationToken)))];
        Assert.Equal(3, (await Task.WhenAll(callers)).Length);
    }

    [Fact]
    public async Task ALoneCallerWaitsNoLongerThanTheBudget()
    {
        using MicroBatchingClassifier batching = new ScriptedClassifier().WithMicroBatching(new MicroBatchOptions { MaxDelay = TimeSpan.FromMilliseconds(20) });
        CxrPrediction prediction = await batching.ClassifyAsync(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.True(prediction.Timings.Queue >= TimeSpan.FromMilliseconds(20), $"It waited for {prediction.Timings.Queue}.");
        Assert.Equal(TimeSpan.FromMilliseconds(6), prediction.Timings.Total);
    }

    [Fact]
    public async Task ALongListIsCutAndKeepsItsOrder()
    {
        using GatedClassifier inner = new();
        inner.Open();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(NoDelay with { MaxBatch = 3, ConcurrentBatches = 2 });
        GrayImage[] images = [.. Enumerable.Range(0, 20).Select(static i => Scripted.Image(i / 20f))];
        IReadOnlyList<CxrPrediction> answers = await batching.ClassifyAsync(images, TestContext.Current.CancellationToken);
        Assert.Equal(images.Select(Scripted.Mean), answers.Select(static a => a.Logits[0]));
        Assert.All(inner.Batches, static n => Assert.InRange(n, 1, 3));
    }

    [Fact]
    public async Task ACallerWhoGoesTakesOnlyItsOwnWaitingImagesWithIt()
    {
        using GatedClassifier inner = new();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(NoDelay);
        using CancellationTokenSource going = new();
        Task<CxrPrediction> first = batching.ClassifyAsync(Scripted.Image(0.1f), TestContext.Current.CancellationToken);
        await inner.Started(1);
        Task<IReadOnlyList<CxrPrediction>> gone = batching.ClassifyAsync([Scripted.Image(0.2f), Scripted.Image(0.3f)], going.Token);
        Task<CxrPrediction> stays = batching.ClassifyAsync(Scripted.Image(0.4f), TestContext.Current.CancellationToken);
        await going.CancelAsync();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(going.Token, error.CancellationToken);
        inner.Open();
        Assert.Equal(0.4f, (await stays).Logits[0], 1e-3f);
        await first;
        Assert.Equal([1, 1], inner.Batches);
    }

    [Fact]
    public async Task ACallerOfARunningBatchReturnsAtOnceAndTheOthersGetTheirs()
    {
        using GatedClassifier inner = new();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(Patient with { MaxBatch = 2 });
        using CancellationTokenSource going = new();
        Task<CxrPrediction> gone = OnAThread(() => batching.Classify(Scripted.Image(0.2f), going.Token)), stays = OnAThread(() => batching.Classify(Scripted.Image(0.4f), TestContext.Current.CancellationToken));
        await inner.Started(1);
        await going.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(stays.IsCompleted || inner.Token.IsCancellationRequested);
        inner.Open();
        Assert.Equal(0.4f, (await stays).Logits[0], 1e-3f);
    }

    [Fact]
    public async Task ARunThatNobodyWaitsForIsStopped()
    {
        using GatedClassifier inner = new();
        using MicroBatchingClassifier batching = inner.WithMicroBatching(Patient with { MaxBatch = 2 });
        using CancellationTokenSource one = new(), two = new();
        Task<CxrPrediction>[] callers = [batching.ClassifyAsync(Scripted.Image(), one.Token), batching.ClassifyAsync(Scripted.Image(), two.Token)];
        await inner.Started(1);
        await one.CancelAsync();
        Assert.False(inner.Token.IsCancellationRequested);
        await two.CancelAsync();
        Assert.True(inner.Token.IsCancellationRequested);
        foreach (Task<CxrPrediction> caller in callers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        }

        inner.Open();
        Assert.Equal(2, (await batching.ClassifyAsync([Scripted.Image(), Scripted.Image()], TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task NobodyGetsTheFailureOfAnothersImage()
    {
        using ScriptedClassifier inner = new(logits: static image => Scripted.Mean(image) is > 0.65f and < 0.75f ? throw new CxrModelException("scripted-1", "refused") : [Scripted.Mean(image), 0]);
        using MicroBatchingClassifier batching = inner.WithMicroBatching(Patient with { MaxBatch = 3 });
        Task<CxrPrediction> good = batching.ClassifyAsync(Scripted.Image(0.2f), TestContext.Current.CancellationToken), bad = batching.ClassifyAsync(Scripted.Image(0.7f), TestContext.Current.CancellationToken), fine = batching.ClassifyAsync(Scripted.Image(0.3f), TestContext.Current.CancellationToken);
        Assert.Equal("refused", (await Assert.ThrowsAsync<CxrModelException>(() => bad)).Message);
        Assert.Equal(0.2f, (await good).Logits[0], 1e-3f);
        Assert.Equal(0.3f, (await fine).Logits[0], 1e-3f);
    }

    [Fact]
    public async Task TheExceptionOfABrokenEngineReachesEveryCallerAndTheNextIsAskedAgain()
    {
        bool broken = true;
        using ScriptedClassifier inner = new() { Before = (_, _) => { if (Volatile.Read(ref broken)) { throw new DllNotFoundException("engine"); } } };
        using MicroBatchingClassifier batching = inner.WithMicroBatching(Patient with { MaxBatch = 3 });
        Task<CxrPrediction>[] callers = [.. Enumerable.Range(0, 3).Select(_ => OnAThread(() => batching.Classify(Scripted.Image(), TestContext.Current.CancellationToken)))];
        foreach (Task<CxrPrediction> caller in callers)
        {
            Assert.Equal("engine", (await Assert.ThrowsAsync<DllNotFoundException>(() => caller)).Message);
        }

        Volatile.Write(ref broken, false);
        Assert.Equal(3, batching.Classify([Scripted.Image(), Scripted.Image(), Scripted.Image()], TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public async Task DisposalFinishesWhatRunsAndRefusesWhatWaits()
    {
        using GatedClassifier inner = new();
        MicroBatchingClassifier batching = inner.WithMicroBatching(NoDelay);
        Task<CxrPrediction> running = batching.ClassifyAsync(Scripted.Image(0.4f), TestContext.Current.CancellationToken);
        await inner.Started(1);
        Task<CxrPrediction> waiting = batching.ClassifyAsync(Scripted.Image(), TestContext.Current.CancellationToken);
        Task disposal = OnAThread(() => { batching.Dispose(); return 0; });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(0, inner.Disposals);
        inner.Open();
        Assert.Equal(0.4f, (await running).Logits[0], 1e-3f);
        await disposal;
        Assert.Equal(1, inner.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batching.ClassifyAsync(Scripted.Image(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 1, 1, "MaxBatch is 0")]
    [InlineData(1, -1, 1, "MaxDelay is -00:00:01")]
    [InlineData(1, 61, 1, "MaxDelay is 00:01:01")]
    [InlineData(1, 1, 0, "ConcurrentBatches is 0")]
    public void ABudgetThatMeansNothingIsRefusedAndNothingIsTakenOver(int batch, int seconds, int concurrent, string message)
    {
        using ScriptedClassifier inner = new();
        MicroBatchOptions options = new() { MaxBatch = batch, MaxDelay = TimeSpan.FromSeconds(seconds), ConcurrentBatches = concurrent };
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => inner.WithMicroBatching(options)).Message, StringComparison.Ordinal);
        Assert.Equal(0, inner.Disposals);
    }

    internal static Task<T> OnAThread<T>(Func<T> call) => Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>A classifier whose runs wait for a gate, or for their token.</summary>
    private sealed class GatedClassifier : ICxrClassifier
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly ScriptedClassifier _inner = new();
        private readonly List<int> _batches = [];

        public CxrModelCard Card => _inner.Card;

        public int Disposals => _inner.Disposals;

        public CancellationToken Token { get; private set; }

        public int[] Batches
        {
            get
            {
                lock (_batches)
                {
                    return [.. _batches];
                }
            }
        }

        public void Open() => _gate.Set();

        public async Task Started(int batches)
        {
            while (Batches.Length < batches)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Token = cancellationToken;
            lock (_batches)
            {
                _batches.Add(images.Count);
            }

            _gate.Wait(cancellationToken);
            return _inner.Classify(images, cancellationToken);
        }

        public void Dispose()
        {
            if (_inner.Disposals == 0)
            {
                _inner.Dispose();
            }
        }
    }
}
