namespace CxrNet.Evaluation;

/// <summary>Names in lines of CSV: RFC 4180.</summary>
internal static class CsvText
{
    /// <summary>A field as it is, or in quotes where it holds what separates fields or lines.</summary>
    public static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
