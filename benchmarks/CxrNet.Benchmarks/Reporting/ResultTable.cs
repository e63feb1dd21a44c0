namespace CxrNet.Benchmarks.Reporting;

/// <summary>A table of results: written as Markdown, CSV and JSON under one name.</summary>
/// <param name="Name">Of the files.</param>
/// <param name="Title">The heading.</param>
/// <param name="Note">How it was measured.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, in the invariant culture.</param>
internal sealed record ResultTable(string Name, string Title, string Note, string[] Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>A column's numbers; NaN where a cell is none.</summary>
    public double Number(string[] row, string column) =>
        double.TryParse(Text(row, column), System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    public string Text(string[] row, string column) => row[Array.IndexOf(Columns, column)];
}
