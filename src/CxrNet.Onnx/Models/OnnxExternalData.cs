namespace CxrNet.Onnx;

/// <summary>A tensor whose values lie in another file.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Location">The other file, relative to the model's folder.</param>
/// <param name="Elements">How many values it claims.</param>
internal readonly record struct OnnxExternalData(string Tensor, string Location, long Elements)
{
    /// <summary>Refuses a location that is absolute, leaves the model's folder, or is too short for what the tensor claims.</summary>
    /// <exception cref="CxrModelException">One of these; the message says which.</exception>
    public void Require(string? folder, string source)
    {
        if (folder is null)
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' in another file, '{Location}': load the model by its path, or save it as one file.");
        }

        string root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        string path = Path.GetFullPath(Path.Combine(root, Location));
        if (Path.IsPathRooted(Location) || !path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' at '{Location}', outside the model's own folder; that is refused.");
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' in '{Location}', which is not in the model's folder.");
        }

        if (Elements > 8 * (Int128)file.Length)
        {
            throw new CxrModelException(source, $"'{source}': tensor '{Tensor}' claims {Elements} elements, '{Location}' has {file.Length} bytes.");
        }
    }
}
