using System.Runtime.CompilerServices;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Files in groups for commands that do more with an image than one network: decoded ahead, in order.</summary>
internal static class DecodeAhead
{
    /// <summary>Groups that hold so many images; files without one stand in their place and do not count.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<LoadedImage>> InBatches(IReadOnlyList<string> files, int batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<LoadedImage> group = [];
        int images = 0;
        IAsyncEnumerable<RadiographSource> sources = files.Select(RadiographSource.FromFile).ToAsyncEnumerable();
        await foreach (StreamResult<GrayImage> result in RadiographDecoder.Default.DecodeAsync(sources, Streams.Options(batch), cancellationToken))
        {
            group.Add(LoadedImage.From(result));
            images += result.IsSuccess ? 1 : 0;
            if (images == batch)
            {
                yield return group;
                (group, images) = ([], 0);
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
