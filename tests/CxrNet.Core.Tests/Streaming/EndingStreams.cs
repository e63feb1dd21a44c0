using CxrNet.Core.Tests.Composition;

namespace CxrNet.Core.Tests.Streaming;

public sealed class EndingStreams : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxrnet-stream-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task CancellingStopsTheRunUnderWay()
    {
        using CancellationTokenSource source = new();
        CancellationToken seen = default;
        ScriptedClassifier classifier = new()
        {
            Before = (_, stop) =>
            {
                seen = stop;
                source.Cancel();
                stop.WaitHandle.WaitOne();
                stop.ThrowIfCancellationRequested();
            },
        };
        CountedSource files = new([Streams.Source(0, 1), Streams.Source(1, 2)]);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => classifier.ClassifyAsync(files, new CountedDecoder(), cancellationToken: source.Token).ToListAsync());
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.True(seen.IsCancellationRequested);
        Assert.Equal((0, 0), (files.Open, classifier.Images));
    }

    // Whoever puts bad images aside must not put good ones there while the network is down.
    [Fact]
    public async Task AStoreThatDoesNotAnswerIsNoBadImage()
    {
        Exception[] causes = [new HttpRequestException("503"), new TimeoutException("too late"), new TaskCanceledException("too late"), new InvalidDataException("no image")];
        List<StreamResult<CxrPrediction>> results = await Streams.Classifier().ClassifyAsync(causes.Select(static (cause, i) => RadiographSource.FromStream(_ => throw cause, $"file {i}")).ToAsyncEnumerable(), new CountedDecoder(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal([typeof(IOException), typeof(IOException), typeof(IOException), typeof(InvalidDataException)], results.Select(static r => r.Error!.GetType()));
    }

    [Fact]
    public async Task ATokenGivenToTheEnumerationIsHeededToo()
    {
        using CancellationTokenSource source = new();
        List<long> seen = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (StreamResult<CxrPrediction> result in Streams.Classifier().ClassifyAsync(new[] { Streams.Source(0, 1), Streams.Source(1, 2) }.ToAsyncEnumerable(), new CountedDecoder()).WithCancellation(source.Token))
            {
                seen.Add(result.Index);
                await source.CancelAsync();
            }
        });
        Assert.Equal([0], seen);
    }

    [Fact]
    public async Task NothingBeginsBeforeTheFirstResultIsAskedFor()
    {
        CountedSource source = new([Streams.Source(0, 1)]);
        IAsyncEnumerator<StreamResult<CxrPrediction>> enumerator = Streams.Classifier().ClassifyAsync(source, new CountedDecoder(), cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await enumerator.DisposeAsync();
        Assert.Equal(0, source.Asked);
    }

    [Fact]
    public async Task TheSourcesOwnExceptionComesAfterWhatCameBefore()
    {
        CountedSource source = new([Streams.Source(0, 1), Streams.Source(1, 2), Streams.Source(2, 3)], static (i, _) => i == 2 ? throw new TimeoutException("the store is gone") : Task.CompletedTask);
        List<long> seen = [];
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (StreamResult<CxrPrediction> result in Streams.Classifier().ClassifyAsync(source, new CountedDecoder(), cancellationToken: TestContext.Current.CancellationToken))
            {
                seen.Add(result.Index);
            }
        });
        Assert.Equal("the store is gone", error.Message);
        Assert.Equal([0, 1], seen);
        Assert.Equal(0, source.Open);
    }

    [Fact]
    public async Task AnEngineThatBreaksEndsTheStream()
    {
        int calls = 0;
        ScriptedClassifier classifier = new() { Before = (_, _) => throw new ObjectDisposedException($"call {++calls}") };
        CountedSource source = new([.. Enumerable.Range(0, 100).Select(static i => Streams.Source(i, 1))]);
        StreamingOptions options = new() { MaxInFlight = 4, MaxBatch = 1, ConcurrentBatches = 1 };
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.ClassifyAsync(source, new CountedDecoder(), options, TestContext.Current.CancellationToken).ToListAsync());
        Assert.InRange(source.Asked, 1, 5);
        Assert.Equal(0, source.Open);
    }

    [Fact]
    public async Task FilesThatAreNotThereOrBrokenAreNamedAndTheRestGoesOn()
    {
        string good = Write("good.img", Streams.File(51)), broken = Write("broken.img", Streams.Broken), missing = Path.Combine(_folder, "missing.img");
        List<StreamResult<CxrPrediction>> results = await Streams.Classifier().ClassifyAsync(new[] { missing, good, broken, _folder, "", good }.ToAsyncEnumerable(), new CountedDecoder(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();

        Assert.Equal([false, true, false, false, false, true], results.Select(static r => r.IsSuccess));
        Assert.Equal(Streams.LogitOf(51), results[1].Require().Logits[0]);
        Assert.Contains(missing, Assert.IsType<FileNotFoundException>(results[0].Error).Message, StringComparison.Ordinal);
        Assert.StartsWith($"'{broken}': ", Assert.IsType<InvalidDataException>(results[2].Error).Message, StringComparison.Ordinal);
        Assert.Contains("folder", results[3].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(broken, results[2].Source);
        Assert.Throws<InvalidDataException>(() => results[2].Require());
    }

    [Fact]
    public async Task StreamsAreOpenedInTurnAndDisposedOf()
    {
        List<WatchedStream> opened = [];
        RadiographSource[] sources =
        [
            RadiographSource.FromStream(_ => ValueTask.FromResult<Stream>(Open(Streams.File(51))), "first"),
            RadiographSource.FromStream(static _ => throw new IOException("no route"), "second"),
            RadiographSource.FromStream(_ => ValueTask.FromResult<Stream>(Open(Streams.Broken)), "third"),
        ];
        List<StreamResult<CxrPrediction>> results = await Streams.Classifier().ClassifyAsync(sources.ToAsyncEnumerable(), new CountedDecoder(), new StreamingOptions { Decoders = 1 }, TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal(Streams.LogitOf(51), results[0].Require().Logits[0]);
        Assert.Equal("'second': no route", Assert.IsType<IOException>(results[1].Error).Message);
        Assert.StartsWith("'third': ", results[2].Error!.Message, StringComparison.Ordinal);
        Assert.Equal([true, true], opened.Select(static s => s.IsDisposed));

        WatchedStream Open(byte[] bytes)
        {
            opened.Add(new WatchedStream(bytes));
            return opened[^1];
        }
    }

    [Fact]
    public async Task AStreamBeyondTheLimitsIsAnErrorOfItsOwn()
    {
        StreamingOptions options = new() { Limits = new DecodeLimits { MaxFileBytes = 3 } };
        RadiographSource source = RadiographSource.FromStream(static _ => ValueTask.FromResult<Stream>(new MemoryStream(Streams.File(1))), "large");
        StreamResult<CxrPrediction> result = Assert.Single(await Streams.Classifier().ClassifyAsync(new[] { source }.ToAsyncEnumerable(), new CountedDecoder(), options, TestContext.Current.CancellationToken).ToListAsync());
        Assert.Equal("'large': The file has 6 bytes, at most 3 are allowed.", result.Error?.Message);
    }

    [Fact]
    public async Task ImagesNeedNoDecoderAndAreCalledByTheirNumber()
    {
        GrayImage[] images = [Scripted.Image(0.2f), Scripted.Image(0.4f)];
        List<StreamResult<CxrPrediction>> results = await Streams.Classifier().ClassifyAsync(images.ToAsyncEnumerable(), new StreamingOptions { KeepImages = true }, TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal(["image 0", "image 1"], results.Select(static r => r.Source));
        Assert.Equal(images, results.Select(static r => r.Image));
        Assert.Equal(images.Select(Scripted.Mean), results.Select(static r => r.Require().Logits[0]));
        Assert.All(results, static r => Assert.Equal(TimeSpan.Zero, r.Decode));
    }

    [Fact]
    public async Task AMissingSourceOrArgumentIsTheCallersMistake()
    {
        ScriptedClassifier classifier = new();
        Assert.Throws<ArgumentNullException>(() => classifier.ClassifyAsync((IAsyncEnumerable<RadiographSource>)null!, new CountedDecoder()));
        Assert.Throws<ArgumentNullException>(() => classifier.ClassifyAsync(new[] { "x" }.ToAsyncEnumerable(), null!));
        Assert.Throws<ArgumentNullException>(() => ((ICxrClassifier)null!).ClassifyAsync(Array.Empty<GrayImage>().ToAsyncEnumerable()));
        Assert.Contains("Image 1 is null", (await Assert.ThrowsAsync<ArgumentException>(() => classifier.ClassifyAsync(new[] { Scripted.Image(), null! }.ToAsyncEnumerable()).ToListAsync())).Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
