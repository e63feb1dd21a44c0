using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>A console for people on any writer: colours where the terminal has them, plain text in a pipe.</summary>
internal static class Terminal
{
    private const int PipeWidth = 100;

    /// <summary>Whether what is written appears on a screen, where a line can be written over, and not in a file, a pipe or a test.</summary>
    public static bool Shows(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    public static IAnsiConsole On(TextWriter writer)
    {
        bool isTerminal = Shows(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PipeWidth;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
