namespace CxrNet.WebViewer.Hosting;

/// <summary>Registers the handling of errors.</summary>
internal static class ProblemServices
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        // Behind ASP.NET's own, which is asked first.
        builder.Services.AddSingleton<IProblemDetailsWriter, PlainProblemWriter>();
        builder.Services.AddExceptionHandler<Problems>();
        // Only in development it is the default; elsewhere a value that cannot be read would be a status without a word.
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        // A bad file or field is the caller's affair and no error of this server's log.
        builder.Services.Configure<ExceptionHandlerOptions>(static options => options.SuppressDiagnosticsCallback = static context =>
            context.Exception is InvalidDataException or ArgumentException or BadHttpRequestException or FileTooLargeException or OperationCanceledException);
    }
}
