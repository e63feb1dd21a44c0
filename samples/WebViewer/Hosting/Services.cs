using CxrNet.WebViewer.Analysis;
using CxrNet.WebViewer.Api;
using CxrNet.WebViewer.Backends;
using Microsoft.Extensions.Options;

namespace CxrNet.WebViewer.Hosting;

/// <summary>What the endpoints need.</summary>
internal static class Services
{
    public static void AddViewerOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ViewerOptions>().BindConfiguration(ViewerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<ViewerOptions>>().Value);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default));
    }

    public static void AddModels(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => BackendSet.Load(services.GetRequiredService<ViewerOptions>().Threads));
        builder.Services.AddSingleton<Analyzer>();
        builder.Services.AddHealthChecks().AddCheck<ModelsCheck>("models");
    }

    /// <summary>Loads the models and runs each once, so that the first visitor waits no longer than the second.</summary>
    public static void WarmUp(this WebApplication app)
    {
        BackendSet backends = app.Services.GetRequiredService<BackendSet>();
        backends.Probe();
        if (backends.TorchMissing is { } reason)
        {
            Log.OneEngine(app.Logger, reason);
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (string address in app.Urls)
            {
                Log.Open(app.Logger, address);
            }
        });
    }
}
