using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CxrNet;

/// <summary>Whether a container's classifier still works: drawn chests go through it, and what comes out must be possible; see <see cref="SelfTest"/>.</summary>
/// <remarks>
/// <c>services.AddHealthChecks().AddCheck&lt;CxrHealthCheck&gt;("cxrnet")</c>, or <c>.AddTypeActivatedCheck&lt;CxrHealthCheck&gt;("torch", "torch")</c> for a key.
/// Each check draws other chests, so that a cache cannot answer for the engine. A lazy model is loaded by it.
/// </remarks>
public sealed class CxrHealthCheck : IHealthCheck
{
    private static int _seed;
    private readonly IServiceProvider _services;
    private readonly string? _key;

    /// <summary>Checks a container's classifier.</summary>
    /// <param name="services">The container.</param>
    /// <param name="key">The classifier's key; the one without a key where null.</param>
    public CxrHealthCheck(IServiceProvider services, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        (_services, _key) = (services, key);
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        HealthStatus failure = context.Registration.FailureStatus;
        try
        {
            // Loading and inference are synchronous work; the caller's thread is not theirs.
            SelfTestResult result = await Task.Run(() => SelfTest.Run(Classifier(), Interlocked.Increment(ref _seed), cancellationToken), cancellationToken).ConfigureAwait(false);
            Dictionary<string, object> data = new() { ["model"] = result.ModelId, ["milliseconds"] = Math.Round(result.Elapsed.TotalMilliseconds, 1) };
            return result.HasPassed
                ? HealthCheckResult.Healthy($"'{result.ModelId}' works.", data)
                : new HealthCheckResult(failure, string.Join(" ", result.Problems), data: data);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new HealthCheckResult(failure, e.Message, e);
        }
    }

    private ICxrClassifier Classifier() => _key is null ? _services.GetRequiredService<ICxrClassifier>() : _services.GetRequiredKeyedService<ICxrClassifier>(_key);
}
