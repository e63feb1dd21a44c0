using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>How facts are logged.</summary>
internal static partial class DiagnosticsLog
{
    [LoggerMessage(EventId = 20, Message = "{Area}: {Name}: {Value}{Advice}")]
    public static partial void Fact(this ILogger logger, LogLevel level, string area, string name, string value, string advice);
}
