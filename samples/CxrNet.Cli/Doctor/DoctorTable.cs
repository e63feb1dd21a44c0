using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What doctor or a check of a card found, for people: a line a fact, below it what to do, and at the end whether all is well.</summary>
internal static class DoctorTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<DiagnosticFact> facts)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("mark").NoWrap()).AddColumn(new TableColumn("what").NoWrap()).AddColumn("value");
        foreach (DiagnosticFact fact in facts)
        {
            string advice = fact.Advice is null ? "" : $"\n[grey]{fact.Advice.EscapeMarkup()}[/]";
            table.AddRow(Mark(fact.Status), $"[bold]{fact.Area.EscapeMarkup()}[/] {fact.Name.EscapeMarkup()}", fact.Value.EscapeMarkup() + advice);
        }

        console.Write(table);
        int broken = facts.Count(static f => f.Status == DiagnosticStatus.Broken), warnings = facts.Count(static f => f.Status == DiagnosticStatus.Warning);
        console.MarkupLine(broken > 0 ? $"[red]{broken} broken, {warnings} warnings.[/]" : warnings > 0 ? $"[yellow]{warnings} warnings; nothing that is needed is broken.[/]" : "[green]All is well.[/]");
    }

    private static string Mark(DiagnosticStatus status) => status switch
    {
        DiagnosticStatus.Broken => "[red]broken[/]",
        DiagnosticStatus.Warning => "[yellow]warning[/]",
        DiagnosticStatus.Note => "[grey]note[/]",
        _ => "[green]fine[/]",
    };
}
