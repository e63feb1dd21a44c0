using System.Net;

namespace CxrNet.WebViewer.Tests.Api;

/// <summary>A body of which nothing is sent before it is released: its request has its place in the queue meanwhile.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldContent(HttpContent inner)
    {
        _inner = inner;
        Headers.ContentType = inner.Headers.ContentType;
    }

    /// <summary>Done when the server has begun to read.</summary>
    public Task Started => _started.Task;

    public void Release() => _released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // The form's first bytes: the server is inside the endpoint once they are taken.
        byte[] body = await _inner.ReadAsByteArrayAsync();
        await stream.WriteAsync(body.AsMemory(0, 16));
        await stream.FlushAsync();
        _started.TrySetResult();
        await _released.Task;
        await stream.WriteAsync(body.AsMemory(16));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        _released.TrySetResult();
        _inner.Dispose();
        base.Dispose(disposing);
    }
}
