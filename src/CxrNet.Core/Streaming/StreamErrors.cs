namespace CxrNet;

/// <summary>Errors of one image of a stream: each names its source.</summary>
internal static class StreamErrors
{
    /// <summary>The error with the source's name in it, of the same kind where it is one of this library's contract.</summary>
    public static Exception Named(Exception error, string name) => error switch
    {
        // In its quotation marks: a short name such as "1" stands by chance in many a message.
        _ when name.Length > 0 && error.Message.Contains($"'{name}'", StringComparison.Ordinal) => error,
        CxrModelException e => new CxrModelException(e.ModelId, $"'{name}': {e.Message}", e),
        NotSupportedException => new NotSupportedException($"'{name}': {error.Message}", error),

        // What a store in the network did not give says nothing of the image.
        IOException or UnauthorizedAccessException or TimeoutException or OperationCanceledException or HttpRequestException => new IOException($"'{name}': {error.Message}", error),
        _ => new InvalidDataException($"'{name}': {error.Message}", error),
    };
}
