using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CxrNet.WebViewer.Api;

/// <summary>GET /health: 200 where the models answer, 503 where not.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this WebApplication app) => app.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(
            new HealthAnswer(report.Status.ToString(), report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString())),
            ApiJsonContext.Default.HealthAnswer),
    });
}
