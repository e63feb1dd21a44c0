namespace CxrNet.Onnx;

/// <summary>A model file that was read and looked over, and the card that belongs to it. No engine yet.</summary>
/// <param name="Bytes">The file, with the tensors that the card names as outputs of its graph.</param>
/// <param name="Source">What errors call it.</param>
/// <param name="Folder">Where it lies; null where it came as bytes.</param>
/// <param name="Card">What it says of itself.</param>
/// <param name="HasExternalData">Whether some of its weights lie in further files.</param>
internal sealed record OnnxFile(byte[] Bytes, string Source, string? Folder, CxrModelCard Card, bool HasExternalData)
{
    // The shipped card with the statistics of its guard has 100 KB.
    private const int MaxCard = 16 << 20;

    /// <summary>Reads a file; its card may lie beside it as <c>name.card.json</c>.</summary>
    public static OnnxFile Open(string path, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(ReadBytes(path, Array.MaxLength), path, Path.GetDirectoryName(Path.GetFullPath(path)), options);
    }

    /// <summary>Takes a file that is already in memory.</summary>
    public static OnnxFile Read(byte[] bytes, string source, string? folder, OnnxOptions options)
    {
        try
        {
            OnnxManifest manifest = ReadManifest(bytes, source, folder);
            CxrModelCard card = FindCard(manifest, source, folder, options);
            byte[] with = WithInnerOutputs(bytes, manifest, ref card);
            return new OnnxFile(with, source, folder, card, manifest.External.Count > 0);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(bytes, source, e);
        }
    }

    /// <summary>The tensors of a file whose values lie in other files; no card is needed for it.</summary>
    public static IReadOnlyList<OnnxExternalData> ExternalOf(string path, string folder)
    {
        byte[] bytes = ReadBytes(path, Array.MaxLength);
        try
        {
            return ReadManifest(bytes, path, folder).External;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(bytes, path, e);
        }
    }

    /// <summary>The card beside a file.</summary>
    public static string CardBeside(string path) => Path.ChangeExtension(path, ".card.json");

    private static OnnxManifest ReadManifest(byte[] bytes, string source, string? folder)
    {
        OnnxManifest manifest = OnnxManifest.Read(bytes);
        foreach (OnnxExternalData external in manifest.External)
        {
            external.Require(folder, source);
        }

        return manifest;
    }

    private static CxrModelException Damaged(byte[] bytes, string source, InvalidDataException e)
    {
        string what = bytes.Length == 0 ? "is empty" : $"is no ONNX model or is damaged ({bytes.Length} bytes)";
        return new CxrModelException(source, $"'{source}' {what}: {e.Message}.", e);
    }

    private static byte[] ReadBytes(string path, long most)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new CxrModelException(path, $"'{path}' is a folder, a file was expected.");
            }

            // As long as the file says that it is and no longer: a device would never end.
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > most)
            {
                throw new CxrModelException(path, $"'{path}' has {stream.Length} bytes, {most} at most were expected.");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            string cause = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new CxrModelException(path, $"'{path}' cannot be read: {cause}.", e);
        }
    }

    private static CxrModelCard FindCard(OnnxManifest manifest, string source, string? folder, OnnxOptions options)
    {
        if (options.Card is not null)
        {
            return options.Card;
        }

        if (manifest.Metadata.TryGetValue(CxrModelCardJson.MetadataKey, out string? json))
        {
            return json.Length <= MaxCard
                ? CxrModelCardJson.Parse(json, source)
                : throw new CxrModelException(source, $"'{source}': the card inside has {json.Length} characters, {MaxCard} at most were expected.");
        }

        string beside = CardBeside(source);
        return folder is not null && File.Exists(beside)
            ? CxrModelCardJson.Parse(System.Text.Encoding.UTF8.GetString(ReadBytes(beside, MaxCard)).TrimStart('\uFEFF'), beside)
            : throw new CxrModelException(source, $"'{source}' has no model card, so nothing is known of its labels and input: put one into its metadata under '{CxrModelCardJson.MetadataKey}', or beside it as '{Path.GetFileName(beside)}', or into OnnxOptions.Card. 'cxrnet card init' drafts one.");
    }

    // A graph that ends in its own softmax has its logits inside, and features are inside nearly everywhere.
    private static byte[] WithInnerOutputs(byte[] bytes, OnnxManifest manifest, ref CxrModelCard card)
    {
        byte[] with = bytes;
        if (card.Outputs is { } outputs)
        {
            card = card with { Outputs = outputs with { Logits = Out(outputs.Logits), Map = Out(outputs.Map), Pooled = Out(outputs.Pooled) } };
        }

        return with;

        // Half precision leaves by a name of its own, as single precision.
        string? Out(string? name)
        {
            if (string.IsNullOrEmpty(name) || manifest.Outputs.Contains(name) || OnnxParts.Read(with) is not { } parts || !parts.Has(name))
            {
                return name;
            }

            with = parts.WithOutput(name);
            return parts.FloatNameOf(name);
        }
    }
}
