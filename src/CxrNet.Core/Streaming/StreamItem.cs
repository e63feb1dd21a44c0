using System.Diagnostics;

namespace CxrNet;

/// <summary>One image on its way through a stream. Handed from stage to stage, so only one thread has it at a time.</summary>
internal sealed class StreamItem(long index, RadiographSource source)
{
    private long _decoded;

    public long Index => index;

    public string Name => source.Name;

    /// <summary>The image; null where it could not be read.</summary>
    public GrayImage? Image { get; private set; }

    public Exception? Error { get; set; }

    public TimeSpan Decode { get; private set; }

    /// <summary>How long it waited for its batch.</summary>
    public TimeSpan Queue { get; private set; }

    /// <summary>What it holds of the stream's bytes.</summary>
    public long Held { get; private set; }

    /// <summary>Reads it; whatever goes wrong is its own error and not the stream's, unless the stream is stopped.</summary>
    public async ValueTask ReadAsync(IRadiographDecoder? decoder, DecodeLimits limits, int bytesPerPixel, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        try
        {
            Image = await source.ReadAsync(decoder, limits, cancellationToken).ConfigureAwait(false);
            Held = (long)Image.Width * Image.Height * bytesPerPixel;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Error = StreamErrors.Named(e, Name);
        }

        _decoded = Stopwatch.GetTimestamp();
        if (!source.IsDecoded)
        {
            Decode = Stopwatch.GetElapsedTime(started, _decoded);
            DecodeTelemetry.Record(started, Error);
        }
    }

    public void Begin() => Queue = Stopwatch.GetElapsedTime(_decoded);

    /// <summary>Lets the image go.</summary>
    /// <returns>The bytes that it held.</returns>
    public long Free()
    {
        long held = Held;
        (Image, Held) = (null, 0);
        return held;
    }
}
