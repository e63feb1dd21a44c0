using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CxrNet;

/// <summary>Loads the models when the host starts, where the options say so.</summary>
internal sealed class ModelLoader(IServiceProvider services, IOptions<CxrNetOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Loading == ModelLoading.Eager)
        {
            services.LoadCxrModels(cancellationToken);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
