using System.Globalization;
using System.Security.Cryptography;

namespace CxrNet.Onnx.Quantization;

/// <summary>What a quantised model says of itself.</summary>
internal static class QuantizedCard
{
    private const string Suffix = "-int8";

    /// <summary>The card of the original, its id with a suffix and with a note of precision and calibration.</summary>
    /// <remarks>Figures of merit were measured on the original and say so; the recipe of the network is gone, since no backend can build an int8 network from it.</remarks>
    public static CxrModelCard Of(CxrModelCard card, OnnxGraphEditor graph, QuantizationOptions options, int images, IReadOnlyList<QuantizedNode> nodes)
    {
        string method = options.Method switch
        {
            CalibrationMethod.Percentile => string.Create(CultureInfo.InvariantCulture, $"{options.Percentile}th percentile"),
            CalibrationMethod.Entropy => "entropy",
            _ => "min-max",
        };
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach ((string name, double value) in card.Metrics)
        {
            metrics["fp32." + name] = value;
        }

        string activations = options.ActivationType == ActivationType.UInt8 ? "uint8" : "int8";
        string note = $"Quantised from '{card.Id}': {(options.SevenBitWeights ? "7-bit int8" : "int8")} weights per channel, {activations} activations, {nodes.Count(static n => n.IsQuantized)} of {nodes.Count} operators; calibrated on {images} images{(options.Provenance.Length > 0 ? $" ({options.Provenance})" : "")}, {method}.";
        return card with
        {
            Id = card.Id + Suffix,
            Description = $"{card.Description} {note}".TrimStart(),
            Limitations = [.. card.Limitations, $"Thresholds, temperature and the input guard's statistics are those of the fp32 model '{card.Id}'; figures named 'fp32.' were measured on it."],
            Metrics = metrics,
            Network = null,
            WeightsSha256 = HashOfWeights(graph),
        };
    }

    /// <summary>The file with that card inside, in the place of the original's if it had one.</summary>
    public static byte[] Write(OnnxGraphEditor graph, CxrModelCard card)
    {
        bool there = false;
        ProtobufMessage entry = new ProtobufMessage().Text(1, CxrModelCardJson.MetadataKey).Text(2, card.ToJson());
        byte[] model = graph.Write(metadata: own =>
        {
            bool isCard = OnnxParts.NameOf(own, 1) == CxrModelCardJson.MetadataKey;
            there |= isCard;
            return isCard ? entry : null;
        });
        return there ? model : [.. model, .. new ProtobufMessage().Message(14, entry).Bytes];
    }

    // As the exporter's: over the constants in the order of the file.
    private static string HashOfWeights(OnnxGraphEditor graph)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (OnnxTensor tensor in graph.Constants.Values)
        {
            hash.AppendData(tensor.Values.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
