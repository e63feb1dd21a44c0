using CxrNet;
using CxrNet.Imaging;
using CxrNet.Onnx;
using Microsoft.Extensions.DependencyInjection.Extensions;

// Where registrations are looked for: the method is there as soon as the package is.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the package CxrNet brings.</summary>
public static class BundledServices
{
    /// <summary>The key of the classifier.</summary>
    public const string ClassifierKey = "onnx";

    /// <summary>Registers every file format of CxrNet.Imaging, CxrNet-S under the key <c>onnx</c> and the lung segmenter where its weights are in the build, all on ONNX Runtime: with <c>AddCxrNet</c>, the pipeline of <see cref="CxrNetPipeline.CreateDefault"/> in a container.</summary>
    /// <param name="services">The container's services. A decoder that is there already is left.</param>
    /// <param name="options">How the models are loaded; <see cref="OnnxOptions.Default"/> where null.</param>
    public static IServiceCollection AddBundledCxrModels(this IServiceCollection services, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IRadiographDecoder>(RadiographDecoder.Default);
        services.AddKeyedCxrClassifier(ClassifierKey, _ => BundledOnnx.LoadClassifier(options));
        return BundledOnnx.HasSegmenter ? services.AddLungSegmenter(_ => BundledOnnx.LoadSegmenter(options)) : services;
    }
}
