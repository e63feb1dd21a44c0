using System.Diagnostics;

namespace CxrNet.WebViewer.Hosting;

/// <summary>Writes what went wrong to a caller that accepts something else than JSON, a picture or an array: ASP.NET's own writer leaves such an answer empty, and a status alone helps nobody.</summary>
/// <remarks>RFC 9110, 12.4.1: where nothing acceptable can be sent, a server may send what it has.</remarks>
internal sealed class PlainProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ProblemDetails.Extensions.TryAdd("traceId", Activity.Current?.Id ?? context.HttpContext.TraceIdentifier);
        return new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, options: null, contentType: "application/problem+json"));
    }
}
