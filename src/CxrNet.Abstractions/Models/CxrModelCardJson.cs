using System.Text.Json;
using System.Text.Json.Nodes;
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
            // As it stands first, so that an error names the line of the text and not of the filled-in copy.
            JsonSerializer.Deserialize(json, CxrModelCardJsonContext.Default.CxrModelCard);
            JsonObject card = JsonNode.Parse(json, documentOptions: Strict) as JsonObject
                ?? throw new CxrModelException(source, $"'{source}': the card is no JSON object.");
            CardDefaults.FillIn(card);
            return card.Deserialize(CxrModelCardJsonContext.Default.CxrModelCard)!;
        }
        catch (JsonException e)
        {
            throw new CxrModelException(source, $"'{source}': the card is not valid: {e.Message}", e);
        }
    }

    private static JsonDocumentOptions Strict => new() { AllowDuplicateProperties = false };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CxrModelCard))]
internal sealed partial class CxrModelCardJsonContext : JsonSerializerContext;
