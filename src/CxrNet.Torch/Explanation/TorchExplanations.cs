namespace CxrNet.Torch;

/// <summary>The gradient and CAM methods by name.</summary>
public static class TorchExplanations
{
    private static readonly Entry[] ByPixel =
    [
        new("saliency", "size of the gradient at each pixel", static (n, o) => new Saliency(n, o)),
        new("input_x_gradient", "pixel times gradient", static (n, o) => new InputTimesGradient(n, o)),
        new("integrated_gradients", "gradients on the path from a baseline", static (n, o) => new IntegratedGradients(n, o)),
        new("smoothgrad", "mean gradient of noisy copies", static (n, o) => new SmoothGrad(n, o)),
        new("smoothgrad_sq", "mean squared gradient of noisy copies", static (n, o) => new SmoothGradSquared(n, o)),
        new("vargrad", "variance of the gradient of noisy copies", static (n, o) => new VarGrad(n, o)),
        new("guided_backprop", "gradient through open rectifiers, positive parts alone", static (n, o) => new GuidedBackprop(n, o)),
        new("deconvolution", "gradient rectified at every rectifier", static (n, o) => new Deconvolution(n, o)),
        new("deeplift", "differences from a baseline shared out, rescale rule", static (n, o) => new DeepLift(n, o)),
        new("lrp_epsilon", "the logit shared out layer by layer, epsilon rule", static (n, o) => new LrpEpsilon(n, o)),
        new("fullgrad", "input and biases times their gradients", static (n, o) => new FullGrad(n, o)),
    ];

    private static readonly Entry[] ByPlanes =
    [
        new("guided_gradcam", "guided backpropagation where Grad-CAM is", static (n, o) => new GuidedGradCam(n, o)),
        new("cam", "planes weighed by the linear head", static (n, o) => new ClassicCam(n, o)),
        new("gradcam", "planes weighed by their mean gradient", static (n, o) => new GradCam(n, o)),
        new("gradcam_plusplus", "Grad-CAM that favours small regions", static (n, o) => new GradCamPlusPlus(n, o)),
        new("hirescam", "planes times their gradient, cell by cell", static (n, o) => new HiResCam(n, o)),
        new("xgradcam", "planes weighed by gradients that their activations weigh", static (n, o) => new XGradCam(n, o)),
        new("layercam", "planes times their positive gradients", static (n, o) => new LayerCam(n, o)),
        new("gradcam_elementwise", "positive parts of planes times gradients", static (n, o) => new ElementWiseGradCam(n, o)),
        new("eigencam", "first principal component of the planes", static (n, o) => new EigenCam(n, o)),
        new("eigengradcam", "first principal component of planes times gradients", static (n, o) => new EigenGradCam(n, o)),
        new("kpca_cam", "first kernel principal component of the planes", static (n, o) => new KpcaCam(n, o)),
        new("fem", "planes weighed by their strong cells", static (n, o) => new Fem(n, o)),
        new("scorecam", "planes as masks, weighed by the score", static (n, o) => new ScoreCam(n, o)),
        new("ablationcam", "planes weighed by what their loss costs", static (n, o) => new AblationCam(n, o)),
        new("shapleycam", "Grad-CAM with second derivatives", static (n, o) => new ShapleyCam(n, o)),
        new("reciprocam", "the score of each cell alone", static (n, o) => new ReciproCam(n, o)),
    ];

    /// <summary>Each method's name, and what it is in a few words; methods by pixel first, then those by feature planes.</summary>
    public static IReadOnlyDictionary<string, string> Methods { get; } = new OrderedDictionary<string, string>(ByPixel.Concat(ByPlanes).Select(static e => KeyValuePair.Create(e.Name, e.Words)), StringComparer.Ordinal);

    /// <summary>Whether a method looks at feature planes, so that <see cref="TorchExplanationOptions.Layers"/> says at which.</summary>
    /// <param name="method">As for <see cref="Create(string, TorchClassifier, TorchExplanationOptions)"/>; false for a name that is none.</param>
    public static bool LooksAtLayers(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Find(ByPlanes, method) is not null;
    }

    /// <summary>Makes a method for a classifier.</summary>
    /// <param name="method">One of <see cref="Methods"/>; also with hyphens or capitals: <c>grad-cam</c>, <c>Grad-CAM++</c>.</param>
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
    /// <param name="method">One of <see cref="Methods"/>; also with hyphens or capitals: <c>grad-cam</c>, <c>Grad-CAM++</c>.</param>
    /// <param name="network">It stays the caller's.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">There is no method of that name, or an option is out of range.</exception>
    /// <exception cref="CxrModelException">The network has no layer that the options name, or the method does not fit it.</exception>
    public static TorchExplanation Create(string method, ExplainableNetwork network, TorchExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return (Find(ByPixel, method) ?? Find(ByPlanes, method)) is { } entry
            ? entry.Create(network, options)
            : throw new ArgumentException($"'{method}' is no method of the Torch backend; there are {string.Join(", ", Methods.Keys)}.", nameof(method));
    }

    private static Entry? Find(Entry[] entries, string method) => Array.Find(entries, e => ExplanationName.IsSame(e.Name, method));

    private sealed record Entry(string Name, string Words, Func<ExplainableNetwork, TorchExplanationOptions?, TorchExplanation> Create);
}
