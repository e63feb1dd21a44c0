namespace CxrNet.Cli.Commands;

/// <summary>Files in, results out: decoding runs ahead of the network, results keep the order of the files, a bad file never stops the rest.</summary>
internal sealed class ClassifyJob(ModelChoice choice, ResultSink sink)
{
    private const string DemoFinding = "covid19";

    public async Task<int> RunAsync(IReadOnlyList<string> inputs, bool demo, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files;
        ICxrClassifier classifier;
        try
        {
            files = InputFiles.Expand(inputs);
            classifier = choice.Load();
        }
        catch (Exception e) when (e is CxrModelException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            sink.Fail(e is CxrModelException ? choice.Name : string.Join(" ", inputs), OneLine.Of(e));
            return sink.ExitCode;
        }

        using (classifier)
        {
            if (demo)
            {
                GrayImage image = ChestPhantom.Create(new PhantomOptions { Class = PhantomClasses.Parse(DemoFinding) }).Image;
                sink.Note($"'demo' is a drawn chest with signs of {DemoFinding}: nobody's X-ray, and no measure of a model.");
                Classify(classifier, [new LoadedImage("demo", image, TimeSpan.Zero, null)], cancellationToken);
            }

            using ProgressLine progress = sink.Progress("classified", files.Count);
            int done = 0;
            await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches(files, choice.Batch, cancellationToken))
            {
                Classify(classifier, group, cancellationToken);
                progress.Report(done += group.Count);
            }
        }

        sink.Finish();
        return sink.ExitCode;
    }

    private void Classify(ICxrClassifier classifier, IReadOnlyList<LoadedImage> group, CancellationToken cancellationToken)
    {
        LoadedImage[] images = [.. group.Where(l => l.Image is not null)];
        Queue<CxrPrediction>? predictions = null;
        try
        {
            predictions = new(classifier.Classify([.. images.Select(l => l.Image!)], cancellationToken));
        }
        catch (CxrModelException) when (images.Length > 1)
        {
            // One image of the batch spoils it; alone, only that one fails.
            foreach (LoadedImage loaded in group)
            {
                Classify(classifier, [loaded], cancellationToken);
            }

            return;
        }
        catch (CxrModelException e)
        {
            sink.Fail(images[0].File, OneLine.Of(e, images[0].File));
        }

        foreach (LoadedImage loaded in group)
        {
            if (loaded.Image is null)
            {
                sink.Fail(loaded.File, loaded.Error!);
            }
            else if (predictions is not null)
            {
                CxrPrediction prediction = predictions.Dequeue();
                sink.Write(loaded, prediction with { Timings = prediction.Timings with { Decode = loaded.Decode } });
            }
        }
    }
}
