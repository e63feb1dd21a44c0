namespace CxrNet.Onnx;

/// <summary>From a path, a stream or bytes to a model whose file, card and graph were checked against each other.</summary>
internal static class OnnxModelLoader
{
    public static OnnxModel Load(string path, OnnxOptions? options, CxrModelTask task)
    {
        OnnxOptions checkedOptions = Checked(options);
        return Load(OnnxFile.Open(path, checkedOptions), checkedOptions, task);
    }

    public static OnnxModel Load(Stream stream, OnnxOptions? options, string name, CxrModelTask task)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Load(copy.ToArray(), options, name, task);
    }

    public static OnnxModel Load(byte[] bytes, OnnxOptions? options, string name, CxrModelTask task)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        OnnxOptions checkedOptions = Checked(options);
        return Load(OnnxFile.Read(bytes, name, folder: null, checkedOptions), checkedOptions, task);
    }

    private static OnnxModel Load(OnnxFile file, OnnxOptions options, CxrModelTask task)
    {
        CxrModelCardCheck.Require(file.Card, task, file.Source);
        return OnnxModel.Load(file, options);
    }

    private static OnnxOptions Checked(OnnxOptions? options)
    {
        OnnxOptions chosen = options ?? OnnxOptions.Default;
        chosen.Validate();
        return chosen;
    }
}
