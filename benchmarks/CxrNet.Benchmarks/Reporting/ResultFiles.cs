using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CxrNet.Benchmarks.Reporting;

/// <summary>Tables in the suite's folder.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the three files and prints the table.</summary>
    public static void Write(ResultTable table)
    {
        string stem = Path.Combine(SuiteFolder.Path, table.Name);
        string markdown = Markdown(table);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(table, Indented));
        File.WriteAllText(stem + ".csv", Csv(table));
        File.WriteAllText(stem + ".md", markdown);
        Console.WriteLine(markdown);
    }

    /// <summary>A table that an earlier step wrote; null where it did not.</summary>
    public static ResultTable? Read(string name)
    {
        string path = Path.Combine(SuiteFolder.Path, name + ".json");
        return File.Exists(path) ? JsonSerializer.Deserialize<ResultTable>(File.ReadAllText(path), Indented) : null;
    }

    public static string Markdown(ResultTable table)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"## {table.Title}\n\n{table.Note}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Columns)} |\n|{string.Concat(table.Columns.Select((_, i) => i == 0 ? "---|" : "---:|"))}\n");
        foreach (string[] row in table.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        return text.ToString();
    }

    public static string F(double value, string format = "0.00") => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Csv(ResultTable table) =>
        string.Join('\n', [.. new[] { table.Columns }.Concat(table.Rows).Select(static row => string.Join(',', row.Select(Cell)))]) + "\n";

    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
