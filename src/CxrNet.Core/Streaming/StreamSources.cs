using System.Runtime.CompilerServices;

namespace CxrNet;

/// <summary>Paths and images as sources of a stream, and what a stream notes on its predictions.</summary>
internal static class StreamSources
{
    /// <summary>Files.</summary>
    public static IAsyncEnumerable<RadiographSource> AsSources(this IAsyncEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Sources(files, static (file, index) => RadiographSource.FromFile(file ?? throw new ArgumentException($"File {index} is null.", nameof(files))));
    }

    /// <summary>Images, called by their number.</summary>
    public static IAsyncEnumerable<RadiographSource> AsSources(this IAsyncEnumerable<GrayImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Sources(images, static (image, index) => RadiographSource.FromImage(image ?? throw new ArgumentException($"Image {index} is null.", nameof(images)), $"image {index}"));
    }

    /// <summary>The prediction with the times of what came before its pass.</summary>
    public static CxrPrediction Stamped(this CxrPrediction prediction, TimeSpan decode, TimeSpan queue) =>
        prediction with { Timings = prediction.Timings with { Decode = decode, Queue = prediction.Timings.Queue + queue } };

    private static async IAsyncEnumerable<RadiographSource> Sources<T>(IAsyncEnumerable<T> items, Func<T, long, RadiographSource> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long index = 0;
        await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return source(item, index++);
        }
    }
}
