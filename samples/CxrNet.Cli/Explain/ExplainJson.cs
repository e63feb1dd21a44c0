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

    public static string Of(ComparedImage image) => JsonSerializer.Serialize(image, Context.ComparedImage);

    public static ComparedImage? ComparedImageOf(string text) => JsonSerializer.Deserialize(text, Context.ComparedImage);

    public static string Of(RandomizeFile file) => JsonSerializer.Serialize(file, Context.RandomizeFile);

    public static string Of(CompareFile file) => JsonSerializer.Serialize(file, Context.CompareFile);
}

/// <summary>One map. Finding is what it is of, null where it is the same for all; Explained is what was asked for, which Probability is of.</summary>
internal sealed record ExplainLine(string File, string Model, string Method, string? Finding, string Explained, double Probability, bool Undecided, IReadOnlyList<string> Warnings, double Ms, bool Signed, int Width, int Height, double Minimum, double Maximum, double? LungEnergy, double? LungBaseRate, string Overlay, string RawMap, string ImageMap);

internal sealed record CompareFile(string Model, string Data, int Images, string Target, IReadOnlyList<CompareCell> Table, IReadOnlyList<CompareGain> Differences, IReadOnlyList<CompareRow> Rows, string? Evaluator, IReadOnlyList<CompareFailure> Failures);

internal sealed record CompareCell(string Method, string Metric, int Better, double Mean, double? Low, double? High, int Images);

/// <summary>Above 0 the reference is better, on the images that both have.</summary>
internal sealed record CompareGain(string Reference, string Method, string Metric, double Gain, double? Low, double? High, int Images);

internal sealed record CompareRow(string Image, string Label, string Finding, string Method, IReadOnlyDictionary<string, double> Figures);

/// <summary>A method that failed on an image.</summary>
internal sealed record CompareFailure(string Method, string Image, string Reason);

internal sealed record RandomizeFile(string Model, string Data, int Images, IReadOnlyList<RandomizeRow> Rows);

/// <summary>Null where one of the maps is constant.</summary>
internal sealed record RandomizeRow(string Method, string Stage, string Image, string Finding, double? Spearman, double? SpearmanAbsolute, double? Ssim);

[JsonSerializable(typeof(ExplainLine))]
[JsonSerializable(typeof(RandomizeFile))]
[JsonSerializable(typeof(CompareFile))]
[JsonSerializable(typeof(ComparedImage))]
internal sealed partial class ExplainJsonContext : JsonSerializerContext;
