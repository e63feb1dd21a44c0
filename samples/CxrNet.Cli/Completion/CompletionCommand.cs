using System.CommandLine;
using System.Reflection;

namespace CxrNet.Cli;

/// <summary>Prints a script for a shell; at each Tab it asks the program itself, by the directive <c>[suggest]</c> of System.CommandLine.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "The shell to write for." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh", "fish");
        Command command = new("completion", "Prints a script that completes commands, options and their values at Tab.") { shell };
        command.SetAction(parsed =>
        {
            using Stream script = Assembly.GetExecutingAssembly().GetManifestResourceStream($"completion.{parsed.GetValue(shell)}")!;
            using StreamReader reader = new(script);
            parsed.InvocationConfiguration.Output.Write(reader.ReadToEnd());
            return 0;
        });
        return command;
    }
}
