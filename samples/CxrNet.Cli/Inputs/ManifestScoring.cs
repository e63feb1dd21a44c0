using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Runs a classifier over the rows of a manifest, decoding ahead; images that cannot be read, or that the model refuses, are named on stderr and left out.</summary>
internal sealed class ManifestScoring(ICxrClassifier classifier, int batch, TextWriter error)
{
    private readonly ManifestImages _images = new(batch, error);

    /// <summary>How many images could not be read, or were refused, so far.</summary>
    public int Failed => _images.Failed;

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
    /// <param name="change">Changes an image before it is scored, and does so again where the model refuses a batch and is asked about each image alone; null to leave it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task RunAsync(IReadOnlyList<ManifestEntry> entries, string what, Action<ManifestEntry, GrayImage, CxrPrediction> each, Func<ManifestEntry, GrayImage, GrayImage>? change, CancellationToken cancellationToken) =>
        _images.EachAsync(entries, what, rows =>
        {
            GrayImage[] images = [.. rows.Select(row => change is null ? row.Image : change(row.Entry, row.Image))];
            IReadOnlyList<CxrPrediction> predictions = classifier.Classify(images, cancellationToken);
            for (int i = 0; i < rows.Count; i++)
            {
                each(rows[i].Entry, images[i], predictions[i]);
            }
        }, cancellationToken);
}
