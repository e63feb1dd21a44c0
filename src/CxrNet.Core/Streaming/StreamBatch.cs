namespace CxrNet;

/// <summary>Images of a stream that are scored together; those that could not be read stand among them in their places.</summary>
internal static class StreamBatch
{
    /// <summary>Scores the images and gives a result for each item.</summary>
    /// <exception cref="Exception">Anything but an image that the model refuses: the stream ends with it.</exception>
    public static StreamResult<T>[] Score<T>(IReadOnlyList<StreamItem> items, StreamWork<T> work, bool keepImages, CancellationToken cancellationToken)
        where T : class
    {
        StreamItem[] readable = [.. items.Where(static i => i.Image is not null)];
        Queue<T?> values = new(readable.Length);
        try
        {
            foreach (T value in Ask(readable, work, cancellationToken))
            {
                values.Enqueue(value);
            }
        }
        catch (CxrModelException) when (readable.Length > 1)
        {
            // One image of the batch may spoil it; alone, only that one fails.
            foreach (StreamItem item in readable)
            {
                values.Enqueue(Alone(item, work, cancellationToken));
            }
        }
        catch (CxrModelException e)
        {
            readable[0].Error = StreamErrors.Named(e, readable[0].Name);
            values.Enqueue(null);
        }

        StreamResult<T>[] results = new StreamResult<T>[items.Count];
        for (int i = 0; i < results.Length; i++)
        {
            StreamItem item = items[i];
            T? value = item.Image is null ? null : values.Dequeue();
            results[i] = new StreamResult<T>
            {
                Index = item.Index,
                Source = item.Name,
                Value = value is null ? null : work.Stamp(value, item.Decode, item.Queue),
                Error = item.Error,
                Image = keepImages ? item.Image : null,
                Decode = item.Decode,
            };
        }

        return results;
    }

    private static IReadOnlyList<T> Ask<T>(StreamItem[] readable, StreamWork<T> work, CancellationToken cancellationToken)
        where T : class
    {
        if (readable.Length == 0)
        {
            return [];
        }

        IReadOnlyList<T> values = work.Score(Array.ConvertAll(readable, static i => i.Image!), cancellationToken);
        return values.Count == readable.Length
            ? values
            : throw new InvalidOperationException($"{values.Count} results came for {readable.Length} images.");
    }

    private static T? Alone<T>(StreamItem item, StreamWork<T> work, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return Ask([item], work, cancellationToken)[0];
        }
        catch (CxrModelException e)
        {
            item.Error = StreamErrors.Named(e, item.Name);
            return null;
        }
    }
}
