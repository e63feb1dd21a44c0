using CxrNet.Core.Tests.Composition;

namespace CxrNet.Core.Tests.Streaming;

/// <summary>Sources and files for streams: a file is a width, a height and a grey level for each pixel, and what it says is what its prediction says.</summary>
internal static class Streams
{
    public const byte Refused = 255;

    /// <summary>A file of 4 x 1 pixels of one level.</summary>
    public static byte[] File(byte level) => [4, 1, level, level, level, level];

    public static byte[] Broken => [4];

    public static RadiographSource Source(int index, byte level) => RadiographSource.FromBytes(File(level), $"file {index}");

    /// <summary>The logit that the scripted classifier gives for a file of a level.</summary>
    public static float LogitOf(byte level) => Scripted.Mean(GrayConversion.ToGray(new Pipeline.StandDecoder().Decode(File(level))));

    /// <summary>A classifier that refuses white images.</summary>
    public static ScriptedClassifier Classifier(Action<int, CancellationToken>? before = null) => new(logits: static image =>
    {
        float mean = Scripted.Mean(image);
        return mean < 0.999f ? [mean, 4 * mean] : throw new CxrModelException("scripted-1", "'scripted-1' refuses white images.");
    })
    { Before = before };

    public static async Task<List<StreamResult<T>>> ToListAsync<T>(this IAsyncEnumerable<StreamResult<T>> stream)
        where T : class
    {
        List<StreamResult<T>> results = [];
        await foreach (StreamResult<T> result in stream)
        {
            results.Add(result);
        }

        return results;
    }
}

/// <summary>A source that says how often it was asked and whether it was disposed of.</summary>
internal sealed class CountedSource(IReadOnlyList<RadiographSource> sources, Func<int, CancellationToken, Task>? before = null) : IAsyncEnumerable<RadiographSource>
{
    private int _asked;
    private int _open;

    public int Asked => Volatile.Read(ref _asked);

    public int Open => Volatile.Read(ref _open);

    public async IAsyncEnumerator<RadiographSource> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _open);
        try
        {
            for (int i = 0; i < sources.Count; i++)
            {
                Interlocked.Increment(ref _asked);
                await (before?.Invoke(i, cancellationToken) ?? Task.CompletedTask);
                yield return sources[i];
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

/// <summary>A decoder that says how many files it is decoding.</summary>
internal sealed class CountedDecoder(Action<ReadOnlyMemory<byte>>? before = null) : IRadiographDecoder
{
    private readonly Pipeline.StandDecoder _inner = new();
    private int _running;
    private int _most;
    private int _done;

    public int Running => Volatile.Read(ref _running);

    public int Most => Volatile.Read(ref _most);

    public int Done => Volatile.Read(ref _done);

    public bool CanDecode(ReadOnlySpan<byte> header) => true;

    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        int running = Interlocked.Increment(ref _running);
        for (int most = Most; running > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        try
        {
            before?.Invoke(data);
            return _inner.Decode(data, limits);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Interlocked.Increment(ref _done);
        }
    }
}
