namespace CxrNet;

/// <summary>Images of several callers that go through the network together.</summary>
internal sealed class MicroBatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Whose images, which of them, and how many, in the order of the batch.</summary>
    public List<(MicroBatchCall Call, int Start, int Count)> Parts { get; } = [];

    public int Images { get; private set; }

    /// <summary>Cancelled once nobody waits for any of its images.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Takes a caller's next images; under the queue's gate.</summary>
    public void Take(MicroBatchCall call, int count)
    {
        Parts.Add((call, call.Taken, count));
        call.Taken += count;
        call.Batches.Add(this);
        Images += count;
    }

    public GrayImage[] All() => [.. Parts.SelectMany(static p => p.Call.Images.Skip(p.Start).Take(p.Count))];

    /// <summary>Stops the run where nobody waits for it; under the queue's gate, so never after disposal.</summary>
    public void StopIfAbandoned()
    {
        if (Parts.TrueForAll(static p => p.Call.IsOver))
        {
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();
}
