namespace CxrNet.Core.Tests.Pipeline;

public sealed class AnalyzingFiles : IDisposable
{
    private static readonly byte[] File2X1 = [2, 1, 0, 255];

    private readonly StandDecoder _decoder = new();
    private readonly StandClassifier _classifier = new(Stand.Card());
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void PathStreamBytesAndImageGiveTheSameReport()
    {
        using CxrPipeline pipeline = new(_decoder, _classifier);
        File.WriteAllBytes(_path, File2X1);
        using MemoryStream stream = new(File2X1);

        CxrReport[] reports =
        [
            pipeline.Analyze(_path, cancellationToken: TestContext.Current.CancellationToken),
            pipeline.Analyze(stream, cancellationToken: TestContext.Current.CancellationToken),
            pipeline.Analyze(File2X1, cancellationToken: TestContext.Current.CancellationToken),
            pipeline.Analyze(new GrayImage(2, 1, [0, 1]), cancellationToken: TestContext.Current.CancellationToken),
        ];

        foreach (CxrReport report in reports)
        {
            Assert.Equal([0f, 1f], report.Image.Pixels.ToArray());
            Assert.Equal("covid19", report.Prediction.Top.Name);
            Assert.Equal((2, 1), (report.Map!.Width, report.Map.Height));
            Assert.Null(report.Lungs);
        }

        Assert.All(reports[..3], static report => Assert.True(report.Prediction.Timings.Decode > TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, reports[3].Prediction.Timings.Decode);
        Assert.Equal(TimeSpan.FromMilliseconds(2), reports[0].Prediction.Timings.Inference);
    }

    [Fact]
    public void TheErrorOfAFileNamesIt()
    {
        using CxrPipeline pipeline = new(_decoder, _classifier);

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => pipeline.Analyze(_path));

        Assert.StartsWith($"'{_path}': 0 bytes found", e.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => pipeline.Analyze(_path + ".none"));
    }

    [Fact]
    public void AStreamThatStandsBeyondItsEndIsEmpty()
    {
        using CxrPipeline pipeline = new(_decoder, _classifier);
        using MemoryStream stream = new(File2X1) { Position = 9 };

        Assert.Contains("0 bytes found", Assert.Throws<InvalidDataException>(() => pipeline.Analyze(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLimitsReachTheDecoder()
    {
        DecodeLimits limits = new() { MaxPixels = 7 };
        using CxrPipeline pipeline = new(_decoder, _classifier, options: new CxrPipelineOptions { Limits = limits });

        pipeline.Analyze(File2X1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Same(limits, _decoder.Limits);
    }

    [Fact]
    public void ACancelledTokenStopsItBeforeDecoding()
    {
        using CxrPipeline pipeline = new(_decoder, _classifier);

        Assert.Throws<OperationCanceledException>(() => pipeline.Analyze(File2X1, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Null(_decoder.Limits);
    }

    public void Dispose()
    {
        _classifier.Dispose();
        File.Delete(_path);
    }
}
