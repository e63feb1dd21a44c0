namespace CxrNet.Core.Tests.Composition;

/// <summary>Equal requests of several callers at once, held apart by gates and not by clocks.</summary>
public sealed class AskingAtTheSameTime
{
    [Fact]
    public async Task EqualRequestsShareOneComputation()
    {
        using ManualResetEventSlim started = new(), goOn = new();
        ScriptedClassifier inner = new() { Before = (_, stop) => { started.Set(); goOn.Wait(stop); } };
        using CachedClassifier cached = inner.WithCache();
        Task<CxrPrediction>[] callers = [.. Enumerable.Range(0, 6).Select(_ => OnAThread(() => cached.Classify(Scripted.Image(0.7f), TestContext.Current.CancellationToken)))];
        started.Wait(TestContext.Current.CancellationToken);
        await Until(() => cached.Statistics.Joined == 5);
        goOn.Set();
        CxrPrediction[] answers = await Task.WhenAll(callers);
        Assert.Equal(1, inner.Images);
        Assert.All(answers, a => Assert.Same(answers[0].Findings, a.Findings));
    }

    [Fact]
    public async Task WhereTheOneThatComputesFailsTheOthersComputeForThemselves()
    {
        using ManualResetEventSlim started = new(), goOn = new();
        int calls = 0;
        ScriptedClassifier inner = new()
        {
            Before = (_, stop) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    started.Set();
                    goOn.Wait(stop);
                    throw new CxrModelException("scripted-1", "broken once");
                }
            },
        };
        using CachedClassifier cached = inner.WithCache();
        Task<CxrPrediction> first = OnAThread(() => cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        started.Wait(TestContext.Current.CancellationToken);
        Task<CxrPrediction> second = OnAThread(() => cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        await Until(() => cached.Statistics.Joined == 1);
        goOn.Set();
        await Assert.ThrowsAsync<CxrModelException>(() => first);
        Assert.Equal(0.5f, (await second).Logits[0], 1e-3f);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task NobodyInheritsAnothersCancellation()
    {
        using ManualResetEventSlim started = new(), goOn = new();
        using CancellationTokenSource ofTheFirst = new();
        ScriptedClassifier inner = new()
        {
            Before = (_, stop) =>
            {
                started.Set();
                goOn.Wait(stop);
            },
        };
        using CachedClassifier cached = inner.WithCache();
        Task<CxrPrediction> first = OnAThread(() => cached.Classify(Scripted.Image(), ofTheFirst.Token));
        started.Wait(TestContext.Current.CancellationToken);
        Task<CxrPrediction> second = OnAThread(() => cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        await Until(() => cached.Statistics.Joined == 1);
        await ofTheFirst.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.Set();
        Assert.Equal(0.5f, (await second).Logits[0], 1e-3f);
    }

    [Fact]
    public async Task OneThatWaitsCanBeCancelledAndTheOtherGoesOn()
    {
        using ManualResetEventSlim started = new(), goOn = new();
        using CancellationTokenSource ofTheSecond = new();
        ScriptedClassifier inner = new() { Before = (_, stop) => { started.Set(); goOn.Wait(stop); } };
        using CachedClassifier cached = inner.WithCache();
        Task<CxrPrediction> first = OnAThread(() => cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        started.Wait(TestContext.Current.CancellationToken);
        Task<CxrPrediction> second = OnAThread(() => cached.Classify(Scripted.Image(), ofTheSecond.Token));
        await Until(() => cached.Statistics.Joined == 1);
        await ofTheSecond.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        goOn.Set();
        Assert.Equal(0.5f, (await first).Logits[0], 1e-3f);
    }

    [Fact]
    public async Task CrossedBatchesDoNotWaitForEachOther()
    {
        // Whichever comes first has begun what the other wants next. Each also asks for an image of its own, so that the other one computes too and both reach the barrier.
        using Barrier both = new(2);
        int calls = 0;
        ScriptedClassifier inner = new()
        {
            Before = (_, stop) =>
            {
                if (Interlocked.Increment(ref calls) <= 2)
                {
                    both.SignalAndWait(stop);
                }
            },
        };
        using CachedClassifier cached = inner.WithCache();
        GrayImage a = Scripted.Image(0.1f), b = Scripted.Image(0.2f), c = Scripted.Image(0.3f), d = Scripted.Image(0.4f);
        Task<IReadOnlyList<CxrPrediction>>[] callers = [OnAThread(() => cached.Classify([new GrayImage(40, 40, new float[1600]), a, b, c, d], TestContext.Current.CancellationToken)), OnAThread(() => cached.Classify([new GrayImage(80, 80, new float[6400]), d, c, b, a], TestContext.Current.CancellationToken))];
        IReadOnlyList<CxrPrediction>[] answers = await Task.WhenAll(callers);
        Assert.Equal(answers[0].Skip(1).Select(static p => p.Logits[0]), answers[1].Skip(1).Reverse().Select(static p => p.Logits[0]));
        Assert.Equal(6, inner.Images);
    }

    [Fact]
    public async Task ManyCallersGetWhatOneGets()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache(new CacheOptions { MaxEntries = 3 });
        GrayImage[] images = [.. Enumerable.Range(0, 8).Select(static i => Scripted.Image(i / 10f))];
        float[] expected = Array.ConvertAll(images, Scripted.Mean);
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, (n, stop) =>
        {
            int[] asked = [n % 8, n * 3 % 8, n * 5 % 8];
            Assert.Equal(asked.Select(i => expected[i]), cached.Classify([.. asked.Select(i => images[i])], stop).Select(static p => p.Logits[0]));
            return ValueTask.CompletedTask;
        });
        CacheStatistics s = cached.Statistics;
        Assert.Equal(1200, s.Hits + s.Joined + s.Misses);
        Assert.Equal((3, inner.Images), (s.Entries, s.Misses));
    }

    private static Task<T> OnAThread<T>(Func<T> call) => Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
