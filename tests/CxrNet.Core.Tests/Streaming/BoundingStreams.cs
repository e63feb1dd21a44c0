using CxrNet.Core.Tests.Composition;

namespace CxrNet.Core.Tests.Streaming;

public sealed class BoundingStreams
{
    private static RadiographSource[] Sources(int count) => [.. Enumerable.Range(0, count).Select(static i => Streams.Source(i, (byte)(1 + (i % 200))))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task TheSourceIsAskedForNoMoreThanMayBeInFlight(int inFlight)
    {
        CountedSource source = new(Sources(60));
        StreamingOptions options = new() { MaxInFlight = inFlight, MaxBatch = 2, Decoders = 2 };
        int taken = 0;
        await foreach (StreamResult<CxrPrediction> _ in Streams.Classifier().ClassifyAsync(source, new CountedDecoder(), options, TestContext.Current.CancellationToken))
        {
            Assert.InRange(source.Asked, taken + 1, taken + inFlight);
            if (taken == 5)
            {
                // Time enough to run away, if it could.
                await Task.Delay(50, TestContext.Current.CancellationToken);
                Assert.Equal(taken + inFlight, source.Asked);
            }

            taken++;
        }

        Assert.Equal(60, taken);
    }

    [Fact]
    public async Task PlanesAreHeldForNoMoreThanTheBytesAllowed()
    {
        // A plane has 16 bytes and is kept until its result is taken; the decoder may go beyond by one.
        CountedSource source = new(Sources(40));
        StreamingOptions options = new() { MaxBytesInFlight = 3 * 16, Decoders = 1, KeepImages = true };
        int taken = 0;
        await foreach (StreamResult<CxrPrediction> _ in Streams.Classifier().ClassifyAsync(source, new CountedDecoder(), options, TestContext.Current.CancellationToken))
        {
            Assert.InRange(source.Asked, taken + 1, taken + 4);
            taken++;
        }

        Assert.Equal(40, taken);
    }

    [Fact]
    public async Task AnImageLargerThanAllThatIsAllowedStillPasses()
    {
        StreamingOptions options = new() { MaxBytesInFlight = 1 };
        Assert.Equal(5, (await Streams.Classifier().ClassifyAsync(Sources(5).ToAsyncEnumerable(), new CountedDecoder(), options, TestContext.Current.CancellationToken).ToListAsync()).Count);
    }

    [Fact]
    public async Task ABatchIsWhatIsReadyWhenItsTurnComes()
    {
        CountedDecoder decoder = new();
        List<int> batches = [];
        ScriptedClassifier classifier = new()
        {
            Before = (images, stop) =>
            {
                batches.Add(images);
                while (batches.Count == 1 && decoder.Done < 9)
                {
                    stop.ThrowIfCancellationRequested();
                    Thread.Sleep(1);
                }
            },
        };
        StreamingOptions options = new() { MaxBatch = 4, ConcurrentBatches = 1, Decoders = 1 };
        await classifier.ClassifyAsync(Sources(9).ToAsyncEnumerable(), decoder, options, TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal(9, batches.Sum());
        Assert.InRange(batches[0], 1, 4);
        Assert.Equal(4, batches[1]);
    }

    [Fact]
    public async Task DecodingGoesOnWhileTheNetworkIsBusy()
    {
        // The first batch waits until the last file is decoded: one after the other, this would never end.
        CountedDecoder decoder = new();
        ScriptedClassifier classifier = new()
        {
            Before = (_, stop) =>
            {
                while (decoder.Done < 6)
                {
                    stop.ThrowIfCancellationRequested();
                    Thread.Sleep(1);
                }
            },
        };
        Assert.Equal(6, (await classifier.ClassifyAsync(Sources(6).ToAsyncEnumerable(), decoder, cancellationToken: TestContext.Current.CancellationToken).ToListAsync()).Count);
    }

    [Theory]
    [InlineData("MaxBatch")]
    [InlineData("ConcurrentBatches")]
    [InlineData("Decoders")]
    [InlineData("MaxInFlight")]
    [InlineData("MaxBytesInFlight")]
    public void ALimitOfNothingIsRefusedAtTheCall(string name)
    {
        StreamingOptions options = name switch
        {
            "MaxBatch" => new() { MaxBatch = 0 },
            "ConcurrentBatches" => new() { ConcurrentBatches = 0 },
            "Decoders" => new() { Decoders = 0 },
            "MaxInFlight" => new() { MaxInFlight = 0 },
            _ => new() { MaxBytesInFlight = 0 },
        };
        ArgumentException error = Assert.Throws<ArgumentException>(() => Streams.Classifier().ClassifyAsync(Sources(1).ToAsyncEnumerable(), new CountedDecoder(), options));
        Assert.StartsWith($"{name} is 0; 1 or more was expected.", error.Message, StringComparison.Ordinal);
    }
}
