namespace CxrNet.Onnx;

/// <summary>The maps that ONNX Runtime gives without a gradient, by name.</summary>
public static class OnnxExplanations
{
    /// <summary>Each method's name, and what it is in a few words.</summary>
    public static IReadOnlyDictionary<string, string> Methods { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cam"] = "planes weighed by the linear head",
        ["hirescam"] = "the same per cell; Grad-CAM for a pooled linear head",
        ["eigencam"] = "first principal component of the planes",
        ["kpca_cam"] = "first kernel principal component of the planes",
        ["fem"] = "planes weighed by their strong cells",
        ["scorecam"] = "planes as masks, weighed by the score",
        ["ablationcam"] = "planes weighed by what their loss costs",
        ["reciprocam"] = "the score of each cell alone",
    };

    /// <summary>Makes a method.</summary>
    /// <param name="name">One of <see cref="Methods"/>.</param>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="progress">Told after each batch of the methods that need many passes; null (the default) for nobody.</param>
    /// <param name="cancellationToken">Stops what a method does when it is made: CAM and HiResCAM read the head's weights.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists those that there are.</exception>
    /// <exception cref="CxrModelException">The method does not go with the model.</exception>
    public static IExplanationMap Create(string name, OnnxFeatureModel model, IProgress<ExplanationProgress>? progress = null, CancellationToken cancellationToken = default) => name switch
    {
        "cam" => new CamMap(model, cancellationToken),
        "hirescam" => new HiResCamMap(model, cancellationToken),
        "eigencam" => new EigenCamMap(model),
        "kpca_cam" => new KpcaCamMap(model),
        "fem" => new FemMap(model),
        "scorecam" => new ScoreCamMap(model) { Progress = progress },
        "ablationcam" => new AblationCamMap(model) { Progress = progress },
        "reciprocam" => new ReciproCamMap(model) { Progress = progress },
        _ => throw new ArgumentException($"'{name}' is no method of the ONNX backend; there are {string.Join(", ", Methods.Keys)}.", nameof(name)),
    };
}
