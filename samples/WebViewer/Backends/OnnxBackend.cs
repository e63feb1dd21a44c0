using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.WebViewer.Explanation;

namespace CxrNet.WebViewer.Backends;

/// <summary>ONNX Runtime on the CPU.</summary>
internal static class OnnxBackend
{
    public static Backend Load(OnnxOptions options)
    {
        byte[] weights = BundledModels.CxrNetS.ReadAllBytes();
        OnnxClassifier classifier = OnnxClassifier.Load(weights, options, BundledModels.CxrNetS.FileName);
        // The same file taken apart at its features: a session of its own, made when a visitor first asks for such a map.
        SharedPart<OnnxFeatureModel> features = new(() => OnnxFeatureModel.Load(weights, options, name: BundledModels.CxrNetS.FileName));
        return new Backend("onnx", "ONNX Runtime", classifier,
        [
            .. BlackBoxMethods.For(classifier),
            .. OnnxExplanations.Methods.Select(m => new ExplanationMethod(m.Key, m.Value, () => OnnxExplanations.Create(m.Key, features.Value), features)),
        ]);
    }
}
