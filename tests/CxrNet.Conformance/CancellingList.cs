using System.Collections;

namespace CxrNet.Conformance;

/// <summary>A list whose token is cancelled the moment its last image is read: a cancellation in the middle of a call, without a clock.</summary>
internal sealed class CancellingList(IReadOnlyList<GrayImage> images) : IReadOnlyList<GrayImage>, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public int Count => images.Count;

    public GrayImage this[int index]
    {
        get
        {
            if (index == images.Count - 1)
            {
                _source.Cancel();
            }

            return images[index];
        }
    }

    public IEnumerator<GrayImage> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _source.Dispose();
}
