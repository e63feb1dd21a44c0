using CxrNet.Imaging;
using CxrNet.Onnx;

namespace CxrNet;

/// <summary>The pipeline that a newcomer starts with.</summary>
public static class CxrNetPipeline
{
    /// <summary>Every file format of CxrNet.Imaging, the CxrNet-S network of CxrNet.Models with its own map, and the lung segmenter that fills <see cref="CxrReport.Lungs"/>; all on the CPU through ONNX Runtime.</summary>
    /// <param name="options">How the models are loaded; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <returns>A pipeline that owns its parts; dispose of it.</returns>
    /// <exception cref="CxrModelException">The weights are not in this build, or ONNX Runtime does not load.</exception>
    public static CxrPipeline CreateDefault(OnnxOptions? options = null)
    {
        OnnxClassifier? classifier = null;
        OnnxLungSegmenter? segmenter = null;
        try
        {
            classifier = BundledOnnx.LoadClassifier(options);
            if (BundledOnnx.HasSegmenter)
            {
                segmenter = BundledOnnx.LoadSegmenter(options);
            }

            return new CxrPipeline(RadiographDecoder.Default, classifier, segmenter);
        }
        catch
        {
            segmenter?.Dispose();
            classifier?.Dispose();
            throw;
        }
    }
}
