using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrNet;

/// <summary>Reads and writes cards as JSON: camelCase names, enums by name. Source-generated, so trimmable.</summary>
public static class CxrModelCardJson
{
    /// <summary>The key under which a card travels in ONNX <c>metadata_props</c> and in the <c>__metadata__</c> of a safetensors file.</summary>
    public const string MetadataKey = "cxrnet.card";

    /// <summary>Writes a card.</summary>
    public static string ToJson(this CxrModelCard card) => JsonSerializer.Serialize(card, CxrModelCardJsonContext.Default.CxrModelCard);

    /// <summary>Reads a card.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <param name="source">The file's name, for the error.</param>
    /// <exception cref="CxrModelException">The text is no card; the message names the source and the line.</exception>
    public static CxrModelCard Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CxrModelCardJsonContext.Default.CxrModelCard)
                ?? throw new CxrModelException(source, $"'{source}': the card is the JSON value null, an object was expected.");
        }
        catch (JsonException e)
        {
            throw new CxrModelException(source, $"'{source}': the card is not valid: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CxrModelCard))]
internal sealed partial class CxrModelCardJsonContext : JsonSerializerContext;
