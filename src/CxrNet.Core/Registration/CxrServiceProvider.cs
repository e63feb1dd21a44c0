using Microsoft.Extensions.DependencyInjection;

namespace CxrNet;

/// <summary>What an application asks of a container that knows CxrNet.</summary>
public static class CxrServiceProvider
{
    /// <summary>Loads all registered models now, as <see cref="ModelLoading.Eager"/> does when a host starts: for applications without a host.</summary>
    /// <param name="services">A container after <c>AddCxrNet</c>.</param>
    /// <param name="cancellationToken">Stops between two models.</param>
    /// <exception cref="CxrModelException">A model cannot be loaded.</exception>
    public static void LoadCxrModels(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        foreach (ModelRegistration model in services.GetServices<ModelRegistration>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = model.Key is null ? services.GetRequiredService(model.Service) : services.GetRequiredKeyedService(model.Service, model.Key);
        }
    }
}
