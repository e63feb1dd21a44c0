using System.Runtime.CompilerServices;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The images of compare, in batches: drawn chests, or files of whatever the user named.</summary>
internal sealed class CompareImages(CompareRequest request, TextWriter error)
{
    private readonly IReadOnlyList<string> _files = request.Phantoms is null ? Files(request) : [];

    /// <summary>How many there will be, if every file can be read.</summary>
    public int Count => request.Phantoms ?? _files.Count;

    /// <summary>How many could not be read so far.</summary>
    public int Failed { get; private set; }

    public async IAsyncEnumerable<GrayImage[]> InBatches([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int batch = request.Model.Batch;
        for (int start = 0; start < request.Phantoms; start += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return [.. Enumerable.Range(start, Math.Min(batch, request.Phantoms.Value - start)).Select(Draw)];
        }

        await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches(_files, batch, cancellationToken))
        {
            foreach (LoadedImage loaded in group.Where(static l => l.Image is null))
            {
                Failed++;
                await error.WriteLineAsync($"error: '{loaded.File}': {loaded.Error}");
            }

            yield return [.. group.Select(static l => l.Image).OfType<GrayImage>()];
        }
    }

    /// <summary>Whether a file lists images and is none.</summary>
    public static bool IsManifest(string input) => Path.GetExtension(input).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private static GrayImage Draw(int index)
    {
        PhantomClass[] classes = Enum.GetValues<PhantomClass>();
        return ChestPhantom.Create(new PhantomOptions { Class = classes[index % classes.Length], Seed = 1 + (index / classes.Length) }).Image;
    }

    private static IReadOnlyList<string> Files(CompareRequest request)
    {
        List<string> files = [];
        foreach (string input in request.Inputs)
        {
            files.AddRange(IsManifest(input) ? ImageManifest.Read(input, request.Split).Select(static e => e.File) : InputFiles.Expand([input]));
        }

        return [.. files.Distinct(StringComparer.Ordinal).Take(request.Limit)];
    }
}
