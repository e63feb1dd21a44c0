namespace CxrNet;

/// <summary>Results by image, bounded by their number and their size; what was not asked for longest goes first.</summary>
/// <remarks>Not safe for concurrent use: its owner locks. Own code, since the memory cache of Microsoft.Extensions refuses new entries at its limit, and the packages that evict by age of use bound the number alone.</remarks>
internal sealed class LeastRecentlyUsed<T>(int maxEntries, long maxBytes)
{
    private readonly Dictionary<ImageKey, LinkedListNode<(ImageKey Key, T Result, long Bytes)>> _byKey = [];
    private readonly LinkedList<(ImageKey Key, T Result, long Bytes)> _byUse = [];

    public int Count => _byKey.Count;

    public long Bytes { get; private set; }

    public long Evictions { get; private set; }

    public bool TryGet(ImageKey key, out T? result)
    {
        if (!_byKey.TryGetValue(key, out LinkedListNode<(ImageKey Key, T Result, long Bytes)>? node))
        {
            result = default;
            return false;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        result = node.Value.Result;
        return true;
    }

    public void Add(ImageKey key, T result, long bytes)
    {
        if (bytes > maxBytes || _byKey.ContainsKey(key))
        {
            return;
        }

        while (_byKey.Count > 0 && (_byKey.Count >= maxEntries || Bytes + bytes > maxBytes))
        {
            Evict();
        }

        _byKey.Add(key, _byUse.AddFirst((key, result, bytes)));
        Bytes += bytes;
    }

    public void Clear()
    {
        _byKey.Clear();
        _byUse.Clear();
        Bytes = 0;
    }

    private void Evict()
    {
        (ImageKey key, _, long bytes) = _byUse.Last!.Value;
        _byUse.RemoveLast();
        _byKey.Remove(key);
        Bytes -= bytes;
        Evictions++;
    }
}
