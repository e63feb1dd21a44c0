namespace CxrNet.Torch.Models;

/// <summary>Lets runs in until it is closed, and frees what they use when the last of them is out.</summary>
/// <param name="free">Called once.</param>
internal sealed class RunGate(Action free)
{
    private readonly Lock _lock = new();
    private int _running;
    private bool _closed;

    public void Require(object owner) => ObjectDisposedException.ThrowIf(_closed, owner);

    public void Enter(object owner)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _running++;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0 && _closed)
            {
                free();
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (!_closed && _running == 0)
            {
                free();
            }

            _closed = true;
        }
    }
}
