using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>What streams and batches write: counts, times and kinds of error. A file's name may be a patient's, so it is not written.</summary>
internal static partial class StreamingLog
{
    [LoggerMessage(20, LogLevel.Debug, "A stream of {Images} images, {Failed} of them without a result, went {End} in {Milliseconds:0.0} ms")]
    public static partial void Streamed(this ILogger logger, long images, long failed, double milliseconds, string end);

    [LoggerMessage(21, LogLevel.Warning, "Image {Index} of a stream could not be read: {Kind}")]
    public static partial void Unreadable(this ILogger logger, long index, string kind);

    [LoggerMessage(22, LogLevel.Debug, "{Model} took {Images} images of {Callers} callers as one batch, {Milliseconds:0.0} ms after the first came")]
    public static partial void Batched(this ILogger logger, string model, int images, int callers, double milliseconds);

    [LoggerMessage(23, LogLevel.Warning, "{Model} refused a batch of {Images} images of {Callers} callers ({Kind}); each caller is asked for alone")]
    public static partial void Split(this ILogger logger, string model, int images, int callers, string kind);
}
