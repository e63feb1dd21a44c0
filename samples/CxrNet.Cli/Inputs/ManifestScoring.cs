using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Runs a classifier over the rows of a manifest, decoding ahead; images that cannot be read, or that the model refuses, are named on stderr and left out.</summary>
internal sealed class ManifestScoring(ICxrClassifier classifier, int batch, TextWriter error)
{
    /// <summary>How many images could not be read, or were refused, so far.</summary>
    public int Failed { get; private set; }

    /// <exception cref="InvalidDataException">No image of a split could be read: there is nothing to measure.</exception>
    public static void RequireSome(int read, int rows, string split)
    {
        if (read == 0)
        {
            throw new InvalidDataException($"None of the {rows} images of '{split}' could be read.");
        }
    }

    /// <summary>Refuses labels that the model does not know, before anything is scored.</summary>
    public static void RequireLabels(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<string> names)
    {
        if (entries.FirstOrDefault(entry => !names.Contains(entry.Label)) is { } unknown)
        {
            throw new InvalidDataException($"'{unknown.File}' is labelled '{unknown.Label}'; the model knows {string.Join(", ", names)}.");
        }
    }

    /// <summary>Scores the rows in their order.</summary>
    /// <param name="entries">The rows.</param>
    /// <param name="what">For the progress line.</param>
    /// <param name="each">Told each row's image, as it was scored, and its prediction.</param>
    /// <param name="change">Changes an image before it is scored; null to leave it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task RunAsync(IReadOnlyList<ManifestEntry> entries, string what, Action<ManifestEntry, GrayImage, CxrPrediction> each, Func<ManifestEntry, GrayImage, GrayImage>? change, CancellationToken cancellationToken)
    {
        int done = 0;
        using ProgressLine progress = new(error, what, entries.Count);
        await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches([.. entries.Select(e => e.File)], batch, cancellationToken))
        {
            List<(ManifestEntry Entry, GrayImage Image)> readable = [];
            foreach (LoadedImage loaded in group)
            {
                ManifestEntry entry = entries[done++];
                if (loaded.Image is null)
                {
                    Failed++;
                    await error.WriteLineAsync($"error: '{loaded.File}': {loaded.Error}");
                    continue;
                }

                readable.Add((entry, change is null ? loaded.Image : change(entry, loaded.Image)));
            }

            OneByOne.Try(readable, Score, (row, e) =>
            {
                Failed++;
                error.WriteLine($"error: '{row.Entry.File}': {OneLine.Of(e, row.Entry.File)}");
            });
            progress.Report(done);
        }

        void Score(IReadOnlyList<(ManifestEntry Entry, GrayImage Image)> rows)
        {
            IReadOnlyList<CxrPrediction> predictions = classifier.Classify([.. rows.Select(static r => r.Image)], cancellationToken);
            for (int i = 0; i < rows.Count; i++)
            {
                each(rows[i].Entry, rows[i].Image, predictions[i]);
            }
        }
    }
}
