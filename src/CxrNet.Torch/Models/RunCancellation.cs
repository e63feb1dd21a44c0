namespace CxrNet.Torch.Models;

/// <summary>The token of the pass that this thread is running, looked at between two layers: libtorch itself cannot be stopped.</summary>
/// <remarks>By thread and not by parameter: a module's forward has no place for a token, and a pass stays on its thread.</remarks>
internal static class RunCancellation
{
    [ThreadStatic]
    private static CancellationToken _token;

    /// <summary>Watches a token until what is given back is disposed of; then the one before is watched again.</summary>
    public static Watching Watch(CancellationToken token)
    {
        Watching before = new(_token);
        _token = token;
        return before;
    }

    /// <summary>Ends the pass where its token is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public static void ThrowIfRequested() => _token.ThrowIfCancellationRequested();

    /// <summary>Puts the token back that was watched before.</summary>
    public readonly ref struct Watching(CancellationToken before)
    {
        public void Dispose() => _token = before;
    }
}
