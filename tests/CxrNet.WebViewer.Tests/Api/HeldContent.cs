using System.Net;

namespace CxrNet.WebViewer.Tests.Api;

/// <summary>A body whose end is held back until it is released: the server is at its beginning meanwhile.</summary>
/// <remarks>It must have some hundred kilobytes, more than a pipe takes before anybody reads: only then does a write that is done say that the endpoint reads.</remarks>
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
        byte[] body = await _inner.ReadAsByteArrayAsync();
        await stream.WriteAsync(body.AsMemory(0, body.Length - 16));
        await stream.FlushAsync();
        _started.TrySetResult();
        await _released.Task;
        await stream.WriteAsync(body.AsMemory(body.Length - 16));
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
