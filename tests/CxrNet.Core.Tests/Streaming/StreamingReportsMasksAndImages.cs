using CxrNet.Core.Tests.Composition;
using CxrNet.Core.Tests.Pipeline;

namespace CxrNet.Core.Tests.Streaming;

public sealed class StreamingReportsMasksAndImages
{
    private static readonly RadiographSource[] Sources = [Streams.Source(0, 51), RadiographSource.FromBytes(Streams.Broken, "bad"), Streams.Source(2, 102)];

    [Fact]
    public async Task AReportIsTheOneOfTheSingleCallWithItsTimes()
    {
        using CxrPipeline pipeline = new(new StandDecoder(), new ScriptedClassifier(), new ScriptedSegmenter());
        List<StreamResult<CxrReport>> results = await pipeline.AnalyzeAsync(Sources.ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        CxrReport alone = pipeline.Analyze(Streams.File(102), cancellationToken: TestContext.Current.CancellationToken), streamed = results[2].Require();
        Assert.Equal(alone.Prediction.Logits, streamed.Prediction.Logits);
        Assert.Equal(alone.Map!.Values.ToArray(), streamed.Map!.Values.ToArray());
        Assert.Equal(alone.Lungs!.Probabilities.ToArray(), streamed.Lungs!.Probabilities.ToArray());
        Assert.Equal("'bad': 1 bytes found, 2 or more expected.", results[1].Error?.Message);
        StageTimings times = streamed.Prediction.Timings;
        Assert.True(times.Decode > TimeSpan.Zero && times.Queue > TimeSpan.Zero);
        Assert.Equal(times.Decode, results[2].Decode);
        Assert.Equal(times.Decode + TimeSpan.FromMilliseconds(6), times.Total);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("bytes")]
    public async Task ANameThatStandsInTheMessageByChanceIsNamedNonetheless(string name)
    {
        List<StreamResult<GrayImage>> results = await new StandDecoder().DecodeAsync(new[] { RadiographSource.FromBytes(Streams.Broken, name) }.ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal($"'{name}': 1 bytes found, 2 or more expected.", Assert.Single(results).Error?.Message);
    }

    [Fact]
    public async Task ThePipelinesOwnOptionsHoldWhereNoneAreGiven()
    {
        CountedSource source = new([.. Enumerable.Range(0, 20).Select(static i => Streams.Source(i, 1))]);
        using CxrPipeline pipeline = new(new StandDecoder(), new ScriptedClassifier(), options: new CxrPipelineOptions { Streaming = new StreamingOptions { MaxInFlight = 2 } });
        int taken = 0;
        await foreach (StreamResult<CxrReport> _ in pipeline.AnalyzeAsync(source, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.InRange(source.Asked, taken + 1, taken + 2);
            taken++;
        }

        Assert.Equal(20, taken);
    }

    [Fact]
    public async Task MasksAndImagesComeTheSameWay()
    {
        using ScriptedSegmenter segmenter = new();
        List<StreamResult<LungMask>> masks = await segmenter.SegmentAsync(Sources.ToAsyncEnumerable(), new StandDecoder(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        List<StreamResult<GrayImage>> images = await new StandDecoder().DecodeAsync(Sources.ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal([true, false, true], masks.Select(static m => m.IsSuccess));
        Assert.Equal([true, false, true], images.Select(static m => m.IsSuccess));
        Assert.Equal((4, 1), (masks[0].Require().Width, masks[0].Require().Height));
        Assert.Equal(Streams.LogitOf(102), Scripted.Mean(images[2].Require()));
    }
}
