namespace CxrNet.Onnx;

/// <summary>Feature planes of ONNX files that were exported without them.</summary>
public static class OnnxFeatures
{
    /// <summary>Names the last planes before the logits: what the pooling nearest to them reads. A proposal, for a file whose card names no features.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="logits">The output that the planes lead to.</param>
    /// <returns>The tensor's name; null where nothing pools or flattens on the way.</returns>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static string? Find(byte[] model, string logits = "logits")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(logits);
        return OnnxFeatureSearch.Find(OnnxParts.Read(model), logits);
    }

    /// <summary>Makes a tensor inside a model one more output of it; weights and everything else stay byte by byte. A card inside the file names it from then on.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="tensor">The tensor's name as the file has it, [n, c, h, w]; for example what <see cref="Find"/> gives. One of another type than float leaves the graph through a cast, as <c>name_float32</c>.</param>
    /// <returns>The bytes of the new file.</returns>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    /// <exception cref="ArgumentException">No operator gives a tensor of that name.</exception>
    public static byte[] AddOutput(byte[] model, string tensor)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(tensor);
        OnnxParts parts = OnnxParts.Read(model);
        return parts.Has(tensor)
            ? parts.WithOutput(tensor, entry => Renamed(entry, parts.FloatNameOf(tensor)))
            : throw new ArgumentException($"No operator of the model gives a tensor '{tensor}'.", nameof(tensor));
    }

    // StringStringEntryProto { key = 1, value = 2 }.
    private static ProtobufMessage? Renamed(ReadOnlySpan<byte> entry, string tensor)
    {
        if (OnnxParts.NameOf(entry, 1) != CxrModelCardJson.MetadataKey)
        {
            return null;
        }

        CxrModelCard card = CxrModelCardJson.Parse(OnnxParts.NameOf(entry, 2), "model");
        return new ProtobufMessage().Text(1, CxrModelCardJson.MetadataKey).Text(2, (card with { Outputs = card.Outputs with { Features = tensor } }).ToJson());
    }
}
