namespace CxrNet;

/// <summary>What a stream may hold: so many images, so many bytes. One reader asks to enter; whoever is done leaves.</summary>
/// <param name="images">Most images.</param>
/// <param name="bytes">Bytes from which on nobody enters, unless nobody is inside.</param>
internal sealed class StreamCredit(int images, long bytes)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private int _inside;
    private long _held;

    /// <summary>Takes a place for the next image, as soon as there is one.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_inside == 0 || (_inside < images && _held < bytes))
                {
                    _inside++;
                    return;
                }

                _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _waiter.Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An image that is inside turned out to need so many bytes, or, where negative, gave them back.</summary>
    public void Hold(long more) => Change(0, more);

    /// <summary>An image goes, and gives back what it still holds.</summary>
    public void Leave(long held) => Change(-1, -held);

    private void Change(int inside, long held)
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _inside += inside;
            _held += held;
            (waiter, _waiter) = (_waiter, null);
        }

        waiter?.TrySetResult();
    }
}
