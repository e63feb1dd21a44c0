namespace CxrNet.Onnx;

/// <summary>A model file that was read and looked over, and the card that belongs to it. No engine yet.</summary>
internal sealed record OnnxFile(byte[] Bytes, string Source, string? Folder, CxrModelCard Card)
{
    /// <summary>Reads a file; its card may lie beside it as <c>name.card.json</c>.</summary>
    public static OnnxFile Open(string path, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new CxrModelException(path, $"'{path}' cannot be read: {cause}.", e);
        }

        return Read(bytes, path, Path.GetDirectoryName(Path.GetFullPath(path)), options);
    }

    /// <summary>Takes a file that is already in memory.</summary>
    public static OnnxFile Read(byte[] bytes, string source, string? folder, OnnxOptions options)
    {
        OnnxManifest manifest;
        try
        {
            manifest = OnnxManifest.Read(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new CxrModelException(source, $"'{source}' is no ONNX model or is damaged ({bytes.Length} bytes): {e.Message}.", e);
        }

        foreach (OnnxExternalData external in manifest.External)
        {
            external.Require(folder, source);
        }

        return new OnnxFile(bytes, source, folder, FindCard(manifest, source, folder, options));
    }

    private static CxrModelCard FindCard(OnnxManifest manifest, string source, string? folder, OnnxOptions options)
    {
        if (options.Card is not null)
        {
            return options.Card;
        }

        if (manifest.Metadata.TryGetValue(CxrModelCardJson.MetadataKey, out string? json))
        {
            return CxrModelCardJson.Parse(json, source);
        }

        string beside = Path.ChangeExtension(source, ".card.json");
        return folder is not null && File.Exists(beside)
            ? CxrModelCardJson.Parse(File.ReadAllText(beside), beside)
            : throw new CxrModelException(source, $"'{source}' has no model card, so nothing is known of its labels and input: put one into its metadata under '{CxrModelCardJson.MetadataKey}', or beside it as '{Path.GetFileName(beside)}', or into OnnxOptions.Card.");
    }
}
