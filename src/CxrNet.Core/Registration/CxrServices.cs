using CxrNet;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Where registrations are looked for: the method is there as soon as the package is.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers CxrNet in a container. All instances are singletons that the container makes once and disposes of; they are safe for concurrent use.</summary>
public static class CxrServices
{
    /// <summary>Registers the pipeline, the checks of its options when the host starts, and eager loading.</summary>
    /// <remarks>The pipeline takes the container's <see cref="IRadiographDecoder"/> and <see cref="ICxrClassifier"/>, and its <see cref="ILungSegmenter"/> and <see cref="IExplanationMap"/> where they are registered; they stay the container's.</remarks>
    /// <param name="services">The container's services.</param>
    /// <returns>The options, to be configured or bound to configuration.</returns>
    public static OptionsBuilder<CxrNetOptions> AddCxrNet(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CxrNetOptions>, CxrNetOptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelLoader>());
        services.TryAddSingleton(DefaultClassifier);
        services.TryAddSingleton(Pipeline);
        return services.AddOptions<CxrNetOptions>().ValidateOnStart();
    }

    /// <summary>Registers the same, with options that are set in code.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets them.</param>
    /// <returns>The options, to be configured further.</returns>
    public static OptionsBuilder<CxrNetOptions> AddCxrNet(this IServiceCollection services, Action<CxrNetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddCxrNet().Configure(configure);
    }

    /// <summary>Registers the classifier that is meant where no key is named.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="factory">Loads and decorates it. What it takes from the container for a decorator must be left open.</param>
    public static IServiceCollection AddCxrClassifier(this IServiceCollection services, Func<IServiceProvider, ICxrClassifier> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return services.AddModel<ICxrClassifier>(null, null).AddSingleton(factory);
    }

    /// <summary>Registers a classifier under a key.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="key">For example <c>onnx</c> or <c>torch</c>.</param>
    /// <param name="factory">Loads and decorates it. What it takes from the container for a decorator must be left open.</param>
    public static IServiceCollection AddKeyedCxrClassifier(this IServiceCollection services, string key, Func<IServiceProvider, ICxrClassifier> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddModel<ICxrClassifier>(key, null).AddKeyedSingleton(key, (provider, _) => factory(provider));
    }

    /// <summary>Registers a classifier under a key, from the file that the options name under the same key; read by the refitted card and with the micro-batching that they name, if they name any.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="key">For example <c>onnx</c> or <c>torch</c>.</param>
    /// <param name="factory">Loads the file.</param>
    public static IServiceCollection AddKeyedCxrClassifier(this IServiceCollection services, string key, Func<IServiceProvider, ModelFileOptions, ICxrClassifier> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddModel<ICxrClassifier>(key, key).AddKeyedSingleton(key, (provider, _) =>
        {
            ModelFileOptions file = FileOf(provider, key);
            CxrModelCard? card = file.Card is null ? null : CxrModelCardJson.Parse(File.ReadAllText(file.Card), file.Card);
            ICxrClassifier classifier = factory(provider, file);
            ICxrClassifier read = card is null ? classifier : Calibrate(classifier, card);
            return file.MicroBatching is null ? read : read.WithMicroBatching(file.MicroBatching, provider.GetService<ILoggerFactory>()?.CreateLogger<MicroBatchingClassifier>());
        });
    }

    /// <summary>Registers the lung segmenter.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="factory">Loads and decorates it.</param>
    public static IServiceCollection AddLungSegmenter(this IServiceCollection services, Func<IServiceProvider, ILungSegmenter> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return services.AddModel<ILungSegmenter>(null, null).AddSingleton(factory);
    }

    /// <summary>Registers the lung segmenter from the file that the options name.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="file">The name in <see cref="CxrNetOptions.Models"/>, for example <c>lungs</c>.</param>
    /// <param name="factory">Loads the file.</param>
    public static IServiceCollection AddLungSegmenter(this IServiceCollection services, string file, Func<IServiceProvider, ModelFileOptions, ILungSegmenter> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentException.ThrowIfNullOrEmpty(file);
        return services.AddModel<ILungSegmenter>(null, file).AddSingleton(provider => factory(provider, FileOf(provider, file)));
    }

    private static IServiceCollection AddModel<TService>(this IServiceCollection services, string? key, string? file)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton(new ModelRegistration(typeof(TService), key, file));
    }

    private static ModelFileOptions FileOf(IServiceProvider provider, string name)
    {
        CxrNetOptions options = provider.GetRequiredService<IOptions<CxrNetOptions>>().Value;
        return options.Models.TryGetValue(name, out ModelFileOptions? file)
            ? file
            : throw new InvalidOperationException($"CxrNetOptions.Models has no '{name}': call AddCxrNet and bind or configure its options.");
    }

    private static CalibratedClassifier Calibrate(ICxrClassifier classifier, CxrModelCard card)
    {
        try
        {
            return classifier.WithCalibration(card);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private static ICxrClassifier DefaultClassifier(IServiceProvider provider)
    {
        string[] keys = [.. provider.GetServices<ModelRegistration>().Where(static r => r.Service == typeof(ICxrClassifier)).Select(static r => r.Key).OfType<string>().Distinct(StringComparer.Ordinal)];
        string? chosen = provider.GetRequiredService<IOptions<CxrNetOptions>>().Value.Classifier ?? (keys.Length == 1 ? keys[0] : null);
        return chosen is not null
            ? provider.GetRequiredKeyedService<ICxrClassifier>(chosen)
            : throw new InvalidOperationException(keys.Length == 0
                ? "No classifier is registered: call AddCxrClassifier or AddKeyedCxrClassifier."
                : $"Several classifiers are registered ({string.Join(", ", keys)}): set CxrNetOptions.Classifier to the one that is meant where no key is named.");
    }

    private static CxrPipeline Pipeline(IServiceProvider provider)
    {
        CxrNetOptions options = provider.GetRequiredService<IOptions<CxrNetOptions>>().Value;
        return new CxrPipeline(
            provider.GetRequiredService<IRadiographDecoder>(),
            provider.GetRequiredService<ICxrClassifier>(),
            provider.GetService<ILungSegmenter>(),
            provider.GetService<IExplanationMap>(),
            new CxrPipelineOptions
            {
                // One setting for both ways in: a limit that an application sets is meant for every file.
                Limits = options.Streaming.Limits,
                AbstainWhenUnlike = options.AbstainWhenUnlike,
                ShortcutLimit = options.ShortcutLimit,
                LeaveOpen = true,
                Streaming = options.Streaming with { Logger = provider.GetService<ILoggerFactory>()?.CreateLogger<CxrPipeline>() ?? options.Streaming.Logger },
            });
    }
}
