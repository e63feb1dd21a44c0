namespace CxrNet.WebViewer.Hosting;

/// <summary>A kind of error that a caller can tell by its type and act on.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Name">The last part of the problem's type.</param>
/// <param name="Title">The kind, in a sentence that never changes.</param>
/// <param name="Detail">What to do, where the error itself says nothing.</param>
internal sealed record Problem(int Status, string Name, string Title, string? Detail = null)
{
    public static Problem UnreadableFile { get; } = new(StatusCodes.Status422UnprocessableEntity, "unreadable-file", "The file is no image that can be read.");

    public static Problem TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "too-large", "The file is too large.");

    public static Problem BadRequest { get; } = new(StatusCodes.Status400BadRequest, "bad-request", "The request is not as it should be.");

    public static Problem NotAForm { get; } = new(StatusCodes.Status415UnsupportedMediaType, "not-a-form", "The request is no form.", "Send the file in the field 'file' of multipart/form-data; /openapi/v1.json has the details.");

    public static Problem NotFound { get; } = new(StatusCodes.Status404NotFound, "not-found", "There is nothing at this address.", "/openapi/v1.json lists the addresses that there are.");

    public static Problem WrongMethod { get; } = new(StatusCodes.Status405MethodNotAllowed, "wrong-method", "This address takes another method.", "The header Allow names it.");

    public static Problem ForeignPage { get; } = new(StatusCodes.Status403Forbidden, "foreign-page", "The request comes from another site's page.", "Open the viewer's own page, or call the API from a program.");

    public static Problem Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many requests are waiting.", "Try again in a moment.");

    public static Problem TooSlow { get; } = new(StatusCodes.Status504GatewayTimeout, "too-slow", "The request took longer than this server allows.", "Choose a faster explanation method, or raise Viewer:TimeoutSeconds.");

    public static Problem ModelFailed { get; } = new(StatusCodes.Status500InternalServerError, "model-failed", "The model could not be run.");

    public static Problem Unexpected { get; } = new(StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong.", "The server's log says more.");

    /// <summary>An identifier, RFC 4151; nothing is to be found there.</summary>
    public string Type => $"tag:cxrnet,2026:{Name}";
}
