using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrNet.Cli;

/// <summary>The machine-readable results of explain and compare-maps. The records' names, in snake_case, are the contract.</summary>
internal static class ExplainJson
{
    private static readonly ExplainJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Of(ExplainLine line) => JsonSerializer.Serialize(line, Context.ExplainLine);

    public static string Of(CompareFile file) => JsonSerializer.Serialize(file, Context.CompareFile);
}

internal sealed record ExplainLine(string File, string Model, string Method, string? Finding, double Probability, double Ms, bool Signed, int Width, int Height, double Minimum, double Maximum, double? LungEnergy, double? LungBaseRate, string Overlay, string RawMap, string ImageMap);

internal sealed record CompareFile(string Model, string Data, int Images, string Target, IReadOnlyList<CompareCell> Table, IReadOnlyList<CompareRow> Rows);

internal sealed record CompareCell(string Method, string Metric, int Better, double Mean, double Low, double High);

internal sealed record CompareRow(string Image, string Label, string Finding, string Method, IReadOnlyDictionary<string, double> Figures);

[JsonSerializable(typeof(ExplainLine))]
[JsonSerializable(typeof(CompareFile))]
internal sealed partial class ExplainJsonContext : JsonSerializerContext;
