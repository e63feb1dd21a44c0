using CxrNet.WebViewer.Backends;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CxrNet.WebViewer.Hosting;

/// <summary>Healthy where every engine scores a small phantom: a check of what visitors come for, in a few hundredths of a second.</summary>
internal sealed class ModelsCheck(BackendSet backends) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            backends.Probe();
            return Task.FromResult(HealthCheckResult.Healthy($"{string.Join(" and ", backends.All.Select(b => b.Title))}: {backends.Card.Id} answers."));
        }
        catch (CxrModelException e)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(e.Message, e));
        }
    }
}
