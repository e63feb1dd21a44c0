namespace CxrNet.WebViewer.Explanation;

/// <summary>What the literature calls the methods.</summary>
internal static class MethodTitles
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        [Heatmap.OwnMap] = "Network's own map",
        ["occlusion"] = "Occlusion",
        ["ablation"] = "Superpixel ablation",
        ["rise"] = "RISE",
        ["saliency"] = "Saliency",
        ["input_x_gradient"] = "Input × gradient",
        ["integrated_gradients"] = "Integrated Gradients",
        ["smoothgrad"] = "SmoothGrad",
        ["smoothgrad_sq"] = "SmoothGrad²",
        ["vargrad"] = "VarGrad",
        ["guided_backprop"] = "Guided backpropagation",
        ["deconvolution"] = "Deconvolution",
        ["guided_gradcam"] = "Guided Grad-CAM",
        ["deeplift"] = "DeepLIFT",
        ["lrp_epsilon"] = "LRP-ε",
        ["fullgrad"] = "FullGrad",
        ["cam"] = "CAM",
        ["gradcam"] = "Grad-CAM",
        ["gradcam_plusplus"] = "Grad-CAM++",
        ["hirescam"] = "HiResCAM",
        ["xgradcam"] = "XGrad-CAM",
        ["layercam"] = "LayerCAM",
        ["gradcam_elementwise"] = "Grad-CAM, element-wise",
        ["eigencam"] = "Eigen-CAM",
        ["eigengradcam"] = "Eigen-Grad-CAM",
        ["kpca_cam"] = "KPCA-CAM",
        ["fem"] = "FEM",
        ["scorecam"] = "Score-CAM",
        ["ablationcam"] = "Ablation-CAM",
        ["shapleycam"] = "Shapley-CAM",
        ["reciprocam"] = "Recipro-CAM",
    };

    /// <summary>A method without a title keeps its name.</summary>
    public static string Of(string name) => Titles.GetValueOrDefault(name, name);
}
