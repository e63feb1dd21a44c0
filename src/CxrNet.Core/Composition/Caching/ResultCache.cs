namespace CxrNet;

/// <summary>Results by image for calls of many images at once: what is there is taken, what another call computes is waited for, the rest is computed in one batch.</summary>
/// <remarks>
/// Safe for concurrent use. A call finishes its own images before it waits for others', so no two calls wait for each other. Where the call that is waited for fails or is cancelled, the waiting one computes for itself: nobody inherits another's cancellation.
/// </remarks>
internal sealed class ResultCache<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly LeastRecentlyUsed<T> _kept;
    private readonly Dictionary<ImageKey, TaskCompletionSource<T?>> _running = [];
    private readonly Func<T, T> _toKeep;
    private readonly Func<T, long?> _sizeOf;
    private long _hits;
    private long _joined;
    private long _misses;

    /// <param name="options">The limits.</param>
    /// <param name="toKeep">What later callers get of a result.</param>
    /// <param name="sizeOf">Its size in bytes; null for a result that must not be kept.</param>
    public ResultCache(CacheOptions options, Func<T, T> toKeep, Func<T, long?> sizeOf)
    {
        _kept = new LeastRecentlyUsed<T>(options.MaxEntries, options.MaxBytes);
        (_toKeep, _sizeOf) = (toKeep, sizeOf);
    }

    public CacheStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new CacheStatistics(_hits, _joined, _misses, _kept.Evictions, _kept.Count, _kept.Bytes);
            }
        }
    }

    /// <summary>One result per key, in the same order.</summary>
    /// <param name="keys">The images' keys; equal ones are computed once.</param>
    /// <param name="compute">Computes the images of the indices that it is given, in their order.</param>
    /// <param name="cancellationToken">Stops the waiting; computing is told by the caller's own use of it.</param>
    public T[] Get(ImageKey[] keys, Func<IReadOnlyList<int>, IReadOnlyList<T>> compute, CancellationToken cancellationToken)
    {
        T?[] results = new T?[keys.Length];
        List<int> open = [.. Enumerable.Range(0, keys.Length)];
        while (open.Count > 0)
        {
            List<int> mine = [];
            List<(int Index, Task<T?> Running)> others = [];
            lock (_gate)
            {
                Sort(keys, open, results, mine, others);
            }

            if (mine.Count > 0)
            {
                Compute(keys, mine, compute, results);
            }

            open.Clear();
            foreach ((int index, Task<T?> running) in others)
            {
                running.Wait(cancellationToken);
                results[index] = running.Result;
                if (running.Result is null)
                {
                    open.Add(index);
                }
            }
        }

        return results!;
    }

    public void Clear()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }

    private void Sort(ImageKey[] keys, List<int> open, T?[] results, List<int> mine, List<(int Index, Task<T?> Running)> others)
    {
        foreach (int i in open)
        {
            if (_kept.TryGet(keys[i], out T? kept))
            {
                results[i] = kept;
                _hits++;
            }
            else if (_running.TryGetValue(keys[i], out TaskCompletionSource<T?>? running))
            {
                others.Add((i, running.Task));
                _joined++;
            }
            else
            {
                _running.Add(keys[i], new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously));
                mine.Add(i);
                _misses++;
            }
        }
    }

    private void Compute(ImageKey[] keys, List<int> mine, Func<IReadOnlyList<int>, IReadOnlyList<T>> compute, T?[] results)
    {
        IReadOnlyList<T>? computed = null;
        (T Value, long? Bytes)[]? kept = null;
        try
        {
            IReadOnlyList<T> given = compute(mine);
            computed = given.Count == mine.Count ? given : throw new InvalidOperationException($"{given.Count} results came for {mine.Count} images.");
            kept = [.. computed.Select(value => _toKeep(value)).Select(value => (value, _sizeOf(value)))];
        }
        finally
        {
            // Nothing of anybody else's runs here: whoever waits must be told, whatever the results are.
            lock (_gate)
            {
                for (int m = 0; m < mine.Count; m++)
                {
                    if (kept?[m].Bytes is { } bytes)
                    {
                        _kept.Add(keys[mine[m]], kept[m].Value, bytes);
                    }

                    _running.Remove(keys[mine[m]], out TaskCompletionSource<T?>? running);
                    running!.SetResult(kept?[m].Value);
                }
            }
        }

        for (int m = 0; m < mine.Count; m++)
        {
            results[mine[m]] = computed[m];
        }
    }
}
