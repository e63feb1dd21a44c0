namespace CxrNet.Cli;

/// <summary>An error in one line: the file and the cause. Set CXRNET_DEBUG to any value for the whole of it.</summary>
internal static class OneLine
{
    public static string Of(Exception error)
    {
        Exception cause = error is AggregateException { InnerExceptions.Count: 1 } one ? one.InnerExceptions[0] : error;
        // .NET appends the parameter's name in brackets; a user of the command line has no parameters.
        string message = cause is ArgumentException { ParamName: { } name } ? cause.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : cause.Message;
        return message.ReplaceLineEndings(" ").Trim();
    }

    /// <summary>The cause alone, where the file is named beside it.</summary>
    public static string Of(Exception error, string file)
    {
        string message = Of(error);
        string prefix = $"'{file}': ";
        return message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message;
    }
}
