using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>What the logging decorators write: models, counts and times. Never a finding, a header, a pixel or a warning's text, since these belong to a patient.</summary>
internal static partial class CompositionLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Model} classified {Images} images in {Milliseconds:0.0} ms: {Unlike} unlike the training's, {Withheld} withheld, {Undecided} undecided")]
    public static partial void Classified(this ILogger logger, string model, int images, double milliseconds, int unlike, int withheld, int undecided);

    [LoggerMessage(2, LogLevel.Debug, "{Model} segmented {Images} images in {Milliseconds:0.0} ms")]
    public static partial void Segmented(this ILogger logger, string model, int images, double milliseconds);

    [LoggerMessage(3, LogLevel.Debug, "{Method} explained {Images} images in {Milliseconds:0.0} ms")]
    public static partial void Explained(this ILogger logger, string method, int images, double milliseconds);

    [LoggerMessage(4, LogLevel.Debug, "{Source} was cancelled after {Milliseconds:0.0} ms on {Images} images")]
    public static partial void Cancelled(this ILogger logger, string source, int images, double milliseconds);

    [LoggerMessage(5, LogLevel.Error, "{Source} failed after {Milliseconds:0.0} ms on {Images} images")]
    public static partial void Failed(this ILogger logger, Exception error, string source, int images, double milliseconds);
}
