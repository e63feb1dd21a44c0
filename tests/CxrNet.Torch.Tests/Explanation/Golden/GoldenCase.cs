using CxrNet.TestData;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>One image and finding of a golden network, and what the library gives for a file's name.</summary>
internal sealed class GoldenCase(ExplainableNetwork network, GrayImage image, string finding, string folder)
{
    private static readonly TorchExplanationOptions Signed = new() { Signed = true };

    // The names that pytorch-grad-cam's classes have in the files.
    private static readonly Dictionary<string, string> Cams = new(StringComparer.Ordinal)
    {
        ["gradcam"] = "gradcam",
        ["gradcam_plusplus"] = "gradcam_plusplus",
        ["gradcam_elementwise"] = "gradcam_elementwise",
        ["hirescam"] = "hirescam",
        ["xgradcam"] = "xgradcam",
        ["layercam"] = "layercam",
        ["eigencam"] = "eigencam",
        ["eigengradcam"] = "eigengradcam",
        ["kpca_cam"] = "kpca_cam",
        ["fem"] = "fem",
        ["fullgrad"] = "fullgrad",
        ["scorecam"] = "scorecam",
        ["ablationcam"] = "ablationcam",
        ["shapleycam"] = "shapleycam",
        ["classic"] = "cam",
    };

    /// <summary>The same with other pixels.</summary>
    public GoldenCase Moved(Func<float[], float[]> move) =>
        new(network, new GrayImage(image.Width, image.Height, move(image.Pixels.ToArray())), finding, folder);

    /// <summary>What the library computes for a file; null where nothing is known by that name.</summary>
    public float[]? Compute(string name) => name switch
    {
        "saliency_signed" => Map("saliency", Signed),
        "saliency_abs" => Map("saliency"),
        "input_x_gradient" => Map("input_x_gradient"),
        "guided_backprop" or "guided_backprop_ptgradcam" => Map("guided_backprop"),
        "deconvolution" => Map("deconvolution"),
        "guided_gradcam_captum_nearest" => Map("guided_gradcam"),
        "guided_gradcam_captum_bilinear" => Map("guided_gradcam", new() { Enlargement = MapEnlargement.Bilinear }),
        "layer_gradcam_captum" => Map("gradcam", Signed),
        "integrated_gradients_gausslegendre" => Map("integrated_gradients"),
        "integrated_gradients_gausslegendre_delta" => Delta("integrated_gradients"),
        "integrated_gradients_riemann_middle" => Map("integrated_gradients", new() { Integration = IntegrationRule.Midpoint }),
        "integrated_gradients_riemann_middle_delta" => Delta("integrated_gradients", new() { Integration = IntegrationRule.Midpoint }),
        "deeplift" => Map("deeplift"),
        "deeplift_delta" => Delta("deeplift"),
        "lrp_epsilon" => Map("lrp_epsilon"),
        "lrp_epsilon_delta" => Delta("lrp_epsilon"),
        "lrp_epsilon_0.1" => Map("lrp_epsilon", new() { Epsilon = 0.1 }),
        "lrp_epsilon_0.1_delta" => Delta("lrp_epsilon", new() { Epsilon = 0.1 }),
        "smoothgrad_mean_signed" => Map("smoothgrad", Noise()),
        "smoothgrad_sq" => Map("smoothgrad_sq", Noise()),
        "vargrad" => Map("vargrad", Noise()),
        "recipro_onehot_logit_raw" => Map("reciprocam", new() { Score = GradientScore.Logit }),
        "recipro_onehot_softmax_raw" => Map("reciprocam", new() { Score = GradientScore.Probability }),
        "occlusion" => Of(new OcclusionMap(Classifier, new OcclusionOptions { Reference = PerturbationReference.Zero, Window = 8, Stride = 4 })),
        "feature_ablation_8x8" => Patches(Of(new FeatureAblationMap(Classifier, new FeatureAblationOptions { Reference = PerturbationReference.Zero, Regions = ImageRegions.Patches(8, 8) }))),
        "rise_softmax" => Rise(ExplainedScore.Probability),
        "rise_logit" => Rise(ExplainedScore.Logit),
        "cam_gradcam_two_layers_final" => Final("gradcam", new() { Layers = ["relu2", "relu3"] }),
        _ => Cam(name),
    };

    private GoldenClassifier Classifier => new(network);

    private float[] Of(IExplanationMap method) => method.Explain([image], finding)[0].Values.ToArray();

    private float[] Rise(ExplainedScore score) => Of(new RiseMap(Classifier, new RiseOptions
    {
        Reference = PerturbationReference.Zero,
        Score = score,
        GivenMasks = [.. Npy.Read(GoldenNets.Path("inputs/rise_masks.npy")).Floats.Chunk(GoldenNets.Side * GoldenNets.Side)],
        StopAtReliability = null,
    }));

    // One value for each patch of 8 x 8: its first pixel's.
    private static float[] Patches(float[] map) => [.. Enumerable.Range(0, 64).Select(i => map[(i / 8 * 8 * GoldenNets.Side) + (i % 8 * 8)])];

    private float[]? Cam(string name)
    {
        bool early = name.StartsWith("early_", StringComparison.Ordinal);
        string[] kinds = ["_final_flipped", "_final", "_weights", "_raw"];
        string? kind = kinds.FirstOrDefault(k => name.EndsWith(k, StringComparison.Ordinal));
        string stem = name[(early ? "early_cam_".Length : "cam_".Length)..^(kind?.Length ?? 0)];
        GradientScore score = GradientScore.Logit;
        if (stem.EndsWith("_softmaxtarget", StringComparison.Ordinal))
        {
            (stem, score) = (stem[..^"_softmaxtarget".Length], GradientScore.Probability);
        }
        else if (stem.EndsWith("_rest", StringComparison.Ordinal))
        {
            (stem, score) = (stem[..^"_rest".Length], GradientScore.LogitPlusLogProbability);
        }

        if (kind is null || !Cams.TryGetValue(stem, out string? method))
        {
            return null;
        }

        TorchExplanationOptions options = new() { Layers = early ? ["relu2"] : [], Score = score };
        bool hasSign = stem is "eigencam" or "eigengradcam" or "kpca_cam";
        return kind switch
        {
            "_raw" when hasSign => Aligned(method, options, name),
            "_raw" => Map(method, options with { Signed = true }),
            "_weights" => ((ChannelCam)Create(method, options)).ChannelWeights([image], finding)[0],
            _ when hasSign => Final(Aligned(method, options, name.Replace(kind, "_raw", StringComparison.Ordinal)), kind == "_final" ? 1 : -1),
            _ => Final(method, options with { Signed = false }),
        };
    }

    /// <summary>A component whose sign is arbitrary, turned to the file's.</summary>
    private float[] Aligned(string method, TorchExplanationOptions options, string file)
    {
        float[] own = Map(method, options with { Signed = true });
        float[] golden = Npy.Read(Path.Combine(folder, file + ".npy")).Floats;
        float agreement = own.Zip(golden, static (a, b) => a * b).Sum();
        return agreement < 0 ? Array.ConvertAll(own, static v => -v) : own;
    }

    private float[] Map(string method, TorchExplanationOptions? options = null) => Explain(method, options).Values.ToArray();

    private float[] Delta(string method, TorchExplanationOptions? options = null) => [((AdditiveExplanation)Create(method, options)).Attribute([image], finding)[0].Delta];

    private float[] Final(string method, TorchExplanationOptions options) => Stretch(Explain(method, options).ToImageSize().Values);

    private static float[] Final(float[] raw, int sign)
    {
        int side = (int)Math.Sqrt(raw.Length);
        Heatmap map = new(side, side, Array.ConvertAll(raw, v => Math.Max(0, sign * v)), GoldenNets.Side, GoldenNets.Side);
        return Stretch(map.ToImageSize().Values);
    }

    private Heatmap Explain(string method, TorchExplanationOptions? options) => Create(method, options).Explain([image], finding)[0];

    private TorchExplanation Create(string method, TorchExplanationOptions? options) => TorchExplanations.Create(method, network, options);

    private static TorchExplanationOptions Noise() => new() { Noise = Npy.Read(GoldenNets.Path("inputs/smoothgrad_noise.npy")).Floats };

    // scale_cam_image of pytorch-grad-cam: (v - min) / (1e-7 + max of that).
    private static float[] Stretch(ReadOnlySpan<float> values)
    {
        float[] lifted = values.ToArray();
        float least = lifted.Min();
        float most = lifted.Max() - least;
        return Array.ConvertAll(lifted, v => (v - least) / (1e-7f + most));
    }
}
