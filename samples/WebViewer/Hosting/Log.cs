namespace CxrNet.WebViewer.Hosting;

/// <summary>What the server's console says at its start.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Open {Address} in a browser.")]
    public static partial void Open(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "One engine: {Reason}")]
    public static partial void OneEngine(ILogger logger, string reason);
}
