using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CxrNet.WebViewer.Hosting;

/// <summary>Errors as RFC 9457 problem details. Messages name what was found and what was expected, and never a file: its name may be a patient's.</summary>
internal sealed class Problems(IProblemDetailsService service) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        (Problem problem, string? detail) = Of(exception);
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening; the status is for the log.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        return await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = Prepare(context, problem), ProblemDetails = Details(problem, detail), Exception = exception });
    }

    /// <summary>Answers with a problem that is no exception.</summary>
    public static async Task Write(HttpContext context, Problem problem) =>
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext { HttpContext = Prepare(context, problem), ProblemDetails = Details(problem, problem.Detail) });

    /// <summary>Answers that the framework gives without a body.</summary>
    public static Task WriteStatus(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Write(context.HttpContext, Problem.NotFound),
        StatusCodes.Status405MethodNotAllowed => Write(context.HttpContext, Problem.WrongMethod),
        StatusCodes.Status415UnsupportedMediaType => Write(context.HttpContext, Problem.NotAForm),
        _ => Task.CompletedTask,
    };

    private static (Problem Problem, string? Detail) Of(Exception exception) => exception switch
    {
        FileTooLargeException e => (Problem.TooLarge, e.Message),
        InvalidDataException e => (Problem.UnreadableFile, OneLine(e.Message)),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (Problem.TooLarge, "The request is larger than this server takes."),
        BadHttpRequestException e => (Problem.BadRequest, OneLine(e.Message)),
        ArgumentException e => (Problem.BadRequest, OneLine(WithoutParameter(e))),
        CxrModelException e => (Problem.ModelFailed, OneLine(e.Message)),
        _ => (Problem.Unexpected, Problem.Unexpected.Detail),
    };

    private static HttpContext Prepare(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context;
    }

    private static ProblemDetails Details(Problem problem, string? detail) =>
        new() { Type = problem.Type, Title = problem.Title, Status = problem.Status, Detail = detail };

    // .NET appends the parameter's name in brackets; a caller of the API has other names for it.
    private static string WithoutParameter(ArgumentException e) =>
        e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
