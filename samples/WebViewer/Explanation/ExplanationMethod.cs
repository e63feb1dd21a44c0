namespace CxrNet.WebViewer.Explanation;

/// <summary>One explanation method of an engine, made when it is first asked for and kept, since methods are safe for concurrent use.</summary>
/// <param name="name">As requests have it.</param>
/// <param name="description">In a few words.</param>
/// <param name="create">Makes it; null for the network's own map, which comes with the scores.</param>
/// <param name="part">What it is made of and shares with others; disposed of with it.</param>
internal sealed class ExplanationMethod(string name, string description, Func<IExplanationMap>? create, IDisposable? part = null) : IDisposable
{
    private readonly Lazy<IExplanationMap>? _map = create is null ? null : new(create, LazyThreadSafetyMode.ExecutionAndPublication);

    public string Name => name;

    /// <summary>For people.</summary>
    public string Title => MethodTitles.Of(name);

    public string Description => description;

    /// <summary>Whether it takes hundreds of forward passes: seconds where others take hundredths.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether the map is that of one finding; the network's own is the same for all.</summary>
    public bool HasTarget => _map is not null;

    /// <summary>What a pipeline is given: null for the network's own map.</summary>
    public IExplanationMap? Map => _map?.Value;

    public void Dispose()
    {
        if (_map?.IsValueCreated == true)
        {
            _map.Value.Dispose();
        }

        part?.Dispose();
    }
}
