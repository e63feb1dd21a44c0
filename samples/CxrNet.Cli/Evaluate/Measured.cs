using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What an evaluation found, in each form that it may be asked for.</summary>
/// <param name="Json">One line.</param>
/// <param name="Table">For people.</param>
/// <param name="Figures">For a card, without the split.</param>
/// <param name="Page">Writes the page into a folder and gives its path; null where there is none.</param>
internal sealed record Measured(Func<string> Json, Action<IAnsiConsole> Table, IReadOnlyList<(string Name, double? Value)> Figures, Func<string, CancellationToken, string>? Page);
