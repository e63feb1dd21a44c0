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
        // A bad file or field is the caller's affair and no error of this server's log.
        builder.Services.Configure<ExceptionHandlerOptions>(static options => options.SuppressDiagnosticsCallback = static context =>
            context.Exception is InvalidDataException or ArgumentException or BadHttpRequestException or FileTooLargeException or OperationCanceledException);
    }
}
