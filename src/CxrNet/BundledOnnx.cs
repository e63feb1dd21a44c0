using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet;

/// <summary>The models of CxrNet.Models on ONNX Runtime.</summary>
internal static class BundledOnnx
{
    /// <summary>Whether there is a segmenter to load: a build may have the classifier's weights alone.</summary>
    public static bool HasSegmenter => BundledModels.Lungs.IsAvailable;

    public static OnnxClassifier LoadClassifier(OnnxOptions? options)
    {
        using Stream weights = BundledModels.CxrNetS.Open();
        return OnnxClassifier.Load(weights, options, BundledModels.CxrNetS.FileName);
    }

    public static OnnxLungSegmenter LoadSegmenter(OnnxOptions? options)
    {
        using Stream weights = BundledModels.Lungs.Open();
        return OnnxLungSegmenter.Load(weights, options, BundledModels.Lungs.FileName);
    }
}
