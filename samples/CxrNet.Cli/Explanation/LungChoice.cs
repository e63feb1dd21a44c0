using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>The lung segmenter of a command: a file, or the one that comes with the program.</summary>
internal static class LungChoice
{
    /// <summary>Null where no file is named and this build has no weights.</summary>
    public static ILungSegmenter? Load(string? file, int threads)
    {
        OnnxOptions options = new() { IntraOpThreads = threads };
        if (file is not null)
        {
            return OnnxLungSegmenter.Load(file, options);
        }

        if (!BundledModels.Lungs.IsAvailable)
        {
            return null;
        }

        using Stream weights = BundledModels.Lungs.Open();
        return OnnxLungSegmenter.Load(weights, options, BundledModels.Lungs.FileName);
    }
}
