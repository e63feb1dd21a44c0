using System.Runtime.CompilerServices;

namespace CxrNet.Cli;

/// <summary>Decodes files on other threads while the network is busy: in order, and never more than a few ahead.</summary>
internal static class DecodeAhead
{
    public static async IAsyncEnumerable<LoadedImage> Read(IReadOnlyList<string> files, int ahead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<Task<LoadedImage>> running = new();
        foreach (string file in files)
        {
            if (running.Count >= ahead)
            {
                yield return await running.Dequeue();
            }

            running.Enqueue(Task.Run(() => LoadedImage.Read(file), cancellationToken));
        }

        while (running.Count > 0)
        {
            yield return await running.Dequeue();
        }
    }

    /// <summary>The same in groups that hold so many images; files without one stand in their place and do not count.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<LoadedImage>> InBatches(IReadOnlyList<string> files, int batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<LoadedImage> group = [];
        await foreach (LoadedImage loaded in Read(files, batch + Environment.ProcessorCount, cancellationToken))
        {
            group.Add(loaded);
            if (group.Count(l => l.Image is not null) == batch)
            {
                yield return group;
                group = [];
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
