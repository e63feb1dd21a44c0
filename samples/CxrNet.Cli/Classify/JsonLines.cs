using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrNet.Cli;

/// <summary>The machine-readable results, one JSON object a line. The records' names, in snake_case, are the contract.</summary>
internal static class JsonLines
{
    private static readonly JsonLinesContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // stdout is no web page: names of files and findings stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // JSON has no number for it, and a backend that gives NaN must not end in an error of the printer.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    public static string Of(ResultLine line) => JsonSerializer.Serialize(line, Context.ResultLine);

    public static string Of(ErrorLine line) => JsonSerializer.Serialize(line, Context.ErrorLine);

    public static string Of(LungEvaluationLine line) => JsonSerializer.Serialize(line, Context.LungEvaluationLine);

    public static string Of(GuardEvaluationLine line) => JsonSerializer.Serialize(line, Context.GuardEvaluationLine);

    public static string Of(ShortcutLine line) => JsonSerializer.Serialize(line, Context.ShortcutLine);

    public static string Of(LungsLine line) => JsonSerializer.Serialize(line, Context.LungsLine);

    public static string Of(CompareLine line) => JsonSerializer.Serialize(line, Context.CompareLine);

    public static string Of(CardDraftLine line) => JsonSerializer.Serialize(line, Context.CardDraftLine);

    public static string Of(QuantizeLine line) => JsonSerializer.Serialize(line, Context.QuantizeLine);

    public static string Of(BenchLine line) => JsonSerializer.Serialize(line, Context.BenchLine);

    public static string Of(DoctorLine line) => JsonSerializer.Serialize(line, Context.DoctorLine);

    public static string Of(MultiLabelLine line) => JsonSerializer.Serialize(line, Context.MultiLabelLine);

    public static string Of(EvaluationLine line) => JsonSerializer.Serialize(line, Context.EvaluationLine);
}

internal sealed record ResultLine(string File, string Model, string Backend, IReadOnlyList<FindingLine> Findings, string Top, MapLine? Map, TimingsLine TimingsMs, IReadOnlyList<string> Warnings, IReadOnlyList<string>? PredictionSet, double? Distance, bool Undecided)
{
    public static ResultLine From(string file, string backend, CxrPrediction prediction) => new(
        file,
        prediction.ModelId,
        backend,
        [.. prediction.Findings.Select(f => new FindingLine(f.Name, f.Probability, f.Threshold, f.IsPositive))],
        prediction.Top.Name,
        prediction.Map is { } map ? new MapLine(map.Width, map.Height) : null,
        TimingsLine.From(prediction.Timings),
        prediction.Warnings,
        prediction.PredictionSet,
        prediction.Distance,
        prediction.IsUndecided);
}

internal sealed record FindingLine(string Name, float Probability, float Threshold, bool Positive);

/// <summary>The grid that the network computed; a file of --map has the image's size.</summary>
internal sealed record MapLine(int Width, int Height);

internal sealed record TimingsLine(double Decode, double Preprocess, double Inference, double Postprocess, double Total, double Queue)
{
    public static TimingsLine From(StageTimings t) => new(Round(t.Decode), Round(t.Preprocess), Round(t.Inference), Round(t.Postprocess), Round(t.Total), Round(t.Queue));

    private static double Round(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

internal sealed record ErrorLine(string File, string Error);

[JsonSerializable(typeof(ResultLine))]
[JsonSerializable(typeof(ErrorLine))]
[JsonSerializable(typeof(CompareLine))]
[JsonSerializable(typeof(CardDraftLine))]
[JsonSerializable(typeof(QuantizeLine))]
[JsonSerializable(typeof(DoctorLine))]
[JsonSerializable(typeof(BenchLine))]
[JsonSerializable(typeof(ShortcutLine))]
[JsonSerializable(typeof(GuardEvaluationLine))]
[JsonSerializable(typeof(LungEvaluationLine))]
[JsonSerializable(typeof(LungsLine))]
[JsonSerializable(typeof(EvaluationLine))]
[JsonSerializable(typeof(MultiLabelLine))]
internal sealed partial class JsonLinesContext : JsonSerializerContext;
