using System.Text.Json;

namespace CxrNet.Torch.Training;

/// <summary>What weights say of themselves in their safetensors file, so that a start, a teacher and an export need not guess.</summary>
/// <param name="Classes">In the order of the last layer's rows; empty where the file does not say: one of before it was written, or of a lung segmenter.</param>
/// <param name="IsMapTaught">Whether an epoch, of this run or of what it started from, taught E1 and D; null where the file does not say.</param>
internal sealed record WeightNotes(IReadOnlyList<string> Classes, bool? IsMapTaught)
{
    private const string ClassesKey = "cxrnet.classes";
    private const string MapKey = "cxrnet.map";
    private const string Taught = "taught";
    private const string Drawn = "drawn";

    /// <summary>As a file's metadata.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (Classes.Count > 0)
        {
            metadata[ClassesKey] = JsonSerializer.Serialize(Classes);
        }

        if (IsMapTaught is { } isTaught)
        {
            metadata[MapKey] = isTaught ? Taught : Drawn;
        }

        return metadata;
    }

    /// <summary>The notes of a file: a run's own, or what the card of an exported one says.</summary>
    /// <param name="metadata">Of the file.</param>
    /// <param name="source">Its name, for errors.</param>
    /// <exception cref="CxrModelException">They are damaged.</exception>
    public static WeightNotes Of(IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (metadata.TryGetValue(CxrModelCardJson.MetadataKey, out string? json))
        {
            CxrModelCard card = CxrModelCardJson.Parse(json, source);
            return new WeightNotes([.. card.Findings.Select(static finding => finding.Name)], card.Outputs.Map is not null);
        }

        bool? isMapTaught = metadata.TryGetValue(MapKey, out string? map) ? map == Taught : null;
        return new WeightNotes(metadata.TryGetValue(ClassesKey, out string? classes) ? ClassesOf(classes, source) : [], isMapTaught);
    }

    private static string[] ClassesOf(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json) ?? [];
        }
        catch (JsonException e)
        {
            throw new CxrModelException(source, $"'{source}': the metadata '{ClassesKey}' is damaged ({e.Message}); a JSON array of names was expected.", e);
        }
    }
}
