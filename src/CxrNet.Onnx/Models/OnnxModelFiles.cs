namespace CxrNet.Onnx;

/// <summary>The files that an ONNX model is made of.</summary>
public static class OnnxModelFiles
{
    /// <summary>The model's own file first, then those in which it keeps weights, each once, in the order of its tensors: what has to be copied, or hashed, for the model to be the same.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <returns>Paths; a card beside the model is none of them.</returns>
    /// <exception cref="CxrModelException">The file is not there or is damaged, or its weights are not where they may be.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [path, .. OnnxFile.ExternalOf(path, folder).Select(e => Path.GetFullPath(Path.Combine(folder, e.Location))).Distinct(StringComparer.Ordinal)];
    }
}
