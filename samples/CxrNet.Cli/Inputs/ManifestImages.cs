using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The images of a manifest's rows in batches, decoded ahead; what cannot be read, or a model refuses, is named on stderr and left out.</summary>
internal sealed class ManifestImages(int batch, TextWriter error)
{
    /// <summary>How many images could not be read, or were refused, so far.</summary>
    public int Failed { get; private set; }

    /// <summary>Goes through the rows in their order.</summary>
    /// <param name="entries">The rows.</param>
    /// <param name="what">For the progress line.</param>
    /// <param name="use">Asks a model about the images of a batch, and again about each alone where it refuses them together.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task EachAsync(IReadOnlyList<ManifestEntry> entries, string what, Action<IReadOnlyList<(ManifestEntry Entry, GrayImage Image)>> use, CancellationToken cancellationToken)
    {
        int done = 0;
        using ProgressLine progress = new(error, what, entries.Count);
        await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches([.. entries.Select(static e => e.File)], batch, cancellationToken))
        {
            List<(ManifestEntry Entry, GrayImage Image)> readable = [];
            foreach (LoadedImage loaded in group)
            {
                ManifestEntry entry = entries[done++];
                if (loaded.Image is { } image)
                {
                    readable.Add((entry, image));
                }
                else
                {
                    Fail($"'{loaded.File}': {loaded.Error}");
                }
            }

            OneByOne.Try(readable, use, (row, e) => Fail($"'{row.Entry.File}': {OneLine.Of(e, row.Entry.File)}"));
            progress.Report(done);
        }
    }

    /// <summary>Names what is wrong with a row and counts it: one bad file does not stop the rest.</summary>
    public void Fail(string cause)
    {
        Failed++;
        error.WriteLine($"error: {cause}");
    }
}
