namespace CxrNet.WebViewer.Backends;

/// <summary>Something that several methods need, made when the first of them does.</summary>
internal sealed class SharedPart<T>(Func<T> make) : IDisposable
    where T : IDisposable
{
    private readonly Lazy<T> _value = new(make, LazyThreadSafetyMode.ExecutionAndPublication);

    public T Value => _value.Value;

    public void Dispose()
    {
        if (_value.IsValueCreated)
        {
            _value.Value.Dispose();
        }
    }
}
