using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Rows under headings: the first column to the left, figures to the right.</summary>
internal static class SimpleTable
{
    public static void Print(IAnsiConsole console, string[] headings, IEnumerable<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings)
        {
            TableColumn column = new(heading.EscapeMarkup());
            table.AddColumn(table.Columns.Count == 0 ? column : column.RightAligned());
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(static cell => cell.EscapeMarkup())]);
        }

        console.Write(table);
    }
}
