namespace CxrNet.Torch;

/// <summary>The gradient and CAM methods by name.</summary>
public static class TorchExplanations
{
    private static readonly OrderedDictionary<string, Func<ExplainableNetwork, TorchExplanationOptions?, TorchExplanation>> Methods = new(StringComparer.Ordinal)
    {
        ["saliency"] = static (n, o) => new Saliency(n, o),
        ["input-x-gradient"] = static (n, o) => new InputTimesGradient(n, o),
        ["integrated-gradients"] = static (n, o) => new IntegratedGradients(n, o),
        ["smooth-grad"] = static (n, o) => new SmoothGrad(n, o),
        ["smooth-grad-squared"] = static (n, o) => new SmoothGradSquared(n, o),
        ["var-grad"] = static (n, o) => new VarGrad(n, o),
        ["guided-backprop"] = static (n, o) => new GuidedBackprop(n, o),
        ["deconvolution"] = static (n, o) => new Deconvolution(n, o),
        ["guided-grad-cam"] = static (n, o) => new GuidedGradCam(n, o),
        ["deep-lift"] = static (n, o) => new DeepLift(n, o),
        ["lrp-epsilon"] = static (n, o) => new LrpEpsilon(n, o),
        ["full-grad"] = static (n, o) => new FullGrad(n, o),
        ["cam"] = static (n, o) => new ClassicCam(n, o),
        ["grad-cam"] = static (n, o) => new GradCam(n, o),
        ["grad-cam++"] = static (n, o) => new GradCamPlusPlus(n, o),
        ["hires-cam"] = static (n, o) => new HiResCam(n, o),
        ["xgrad-cam"] = static (n, o) => new XGradCam(n, o),
        ["layer-cam"] = static (n, o) => new LayerCam(n, o),
        ["element-wise-grad-cam"] = static (n, o) => new ElementWiseGradCam(n, o),
        ["eigen-cam"] = static (n, o) => new EigenCam(n, o),
        ["eigen-grad-cam"] = static (n, o) => new EigenGradCam(n, o),
        ["kpca-cam"] = static (n, o) => new KpcaCam(n, o),
        ["fem"] = static (n, o) => new Fem(n, o),
        ["score-cam"] = static (n, o) => new ScoreCam(n, o),
        ["ablation-cam"] = static (n, o) => new AblationCam(n, o),
        ["shapley-cam"] = static (n, o) => new ShapleyCam(n, o),
        ["recipro-cam"] = static (n, o) => new ReciproCam(n, o),
    };

    /// <summary>All names: methods by pixel first, then those by feature planes.</summary>
    public static IReadOnlyList<string> Names => Methods.Keys;

    /// <summary>Makes a method for a classifier.</summary>
    /// <param name="method">One of <see cref="Names"/>.</param>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">There is no method of that name, or an option is out of range.</exception>
    /// <exception cref="CxrModelException">The network has no layer that the options name, or the method does not fit it.</exception>
    public static TorchExplanation Create(string method, TorchClassifier classifier, TorchExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return Create(method, classifier.Explainable, options);
    }

    /// <summary>Makes a method for a network, for example somebody else's ONNX file.</summary>
    /// <param name="method">One of <see cref="Names"/>.</param>
    /// <param name="network">It stays the caller's.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">There is no method of that name, or an option is out of range.</exception>
    /// <exception cref="CxrModelException">The network has no layer that the options name, or the method does not fit it.</exception>
    public static TorchExplanation Create(string method, ExplainableNetwork network, TorchExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Methods.TryGetValue(method, out Func<ExplainableNetwork, TorchExplanationOptions?, TorchExplanation>? create)
            ? create(network, options)
            : throw new ArgumentException($"There is no method '{method}'; there are {string.Join(", ", Names)}.", nameof(method));
    }
}
