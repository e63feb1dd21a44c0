using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Files in, results out: decoding runs ahead of the network, results keep the order of the files, a bad file never stops the rest.</summary>
internal sealed class ClassifyJob(ModelChoice choice, ResultSink sink)
{
    private const string DemoFinding = "covid19";

    public async Task<int> RunAsync(IReadOnlyList<string> inputs, bool demo, CancellationToken cancellationToken)
    {
        List<RadiographSource> sources;
        ICxrClassifier classifier;
        try
        {
            sources = [.. InputFiles.Expand(inputs).Select(RadiographSource.FromFile)];
            classifier = choice.Load();
        }
        catch (Exception e) when (e is CxrModelException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            sink.Fail(e is CxrModelException ? choice.Name : string.Join(" ", inputs), OneLine.Of(e));
            return sink.ExitCode;
        }

        if (demo)
        {
            GrayImage image = ChestPhantom.Create(new PhantomOptions { Class = PhantomClasses.Parse(DemoFinding) }).Image;
            sources.Insert(0, RadiographSource.FromImage(image, "demo"));
            sink.Note($"'demo' is a drawn chest with signs of {DemoFinding}: nobody's X-ray, and no measure of a model.");
        }

        using (classifier)
        {
            await ClassifyAsync(classifier, sources, cancellationToken);
        }

        sink.Finish();
        return sink.ExitCode;
    }

    private async Task ClassifyAsync(ICxrClassifier classifier, List<RadiographSource> sources, CancellationToken cancellationToken)
    {
        StreamingOptions options = Streams.Options(choice.Batch) with { KeepImages = sink.DrawsImages };
        using ProgressLine progress = sink.Progress("classified", sources.Count);
        int done = 0;
        await foreach (StreamResult<CxrPrediction> result in classifier.ClassifyAsync(sources.ToAsyncEnumerable(), RadiographDecoder.Default, options, cancellationToken))
        {
            if (result.IsSuccess)
            {
                sink.Write(result.Source, result.Image, result.Value);
            }
            else
            {
                sink.Fail(result.Source, OneLine.Of(result.Error, result.Source));
            }

            progress.Report(++done);
        }
    }
}
