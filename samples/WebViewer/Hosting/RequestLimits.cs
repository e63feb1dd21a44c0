using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace CxrNet.WebViewer.Hosting;

/// <summary>How large a request may be, how many run at once, and how long each may take.</summary>
internal static class RequestLimits
{
    /// <summary>The name of both policies.</summary>
    public const string Analysis = "analysis";

    // The other fields of a form and its boundaries.
    private const int FormOverhead = 64 << 10;

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
            kestrel.Limits.MaxRequestBodySize = kestrel.ApplicationServices.GetRequiredService<ViewerOptions>().MaxFileBytes + FormOverhead);

        builder.Services.AddRateLimiter(limiter =>
        {
            // One queue for everybody: what is scarce is this machine, and behind a proxy all callers look alike.
            limiter.AddPolicy(Analysis, context =>
            {
                ViewerOptions options = context.RequestServices.GetRequiredService<ViewerOptions>();
                return RateLimitPartition.GetConcurrencyLimiter(Analysis, _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = options.MaxConcurrent,
                    QueueLimit = options.MaxQueued,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                });
            });
            limiter.OnRejected = static async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "1";
                await Problems.Write(context.HttpContext, Problem.Busy);
            };
        });

        builder.Services.AddRequestTimeouts();
        builder.Services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<ViewerOptions>>(static (timeouts, options) =>
            timeouts.AddPolicy(Analysis, new RequestTimeoutPolicy
            {
                Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds),
                WriteTimeoutResponse = static context => Problems.Write(context, Problem.TooSlow),
            }));
    }

    /// <summary>For an endpoint that works on an image.</summary>
    public static void Limited(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout)
        .RequireRateLimiting(Analysis)
        .WithRequestTimeout(Analysis);
}
