using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CxrNet.Cli;

/// <summary>The help of System.CommandLine, and below it examples that can be copied and, for the program itself, the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0    all is well
          1    something failed: a file that is no image, a model, a tolerance that was asked for, a part that doctor finds broken
          2    wrong arguments
          130  cancelled with Ctrl+C
        """;

    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<string> examples = Examples.Of(command is RootCommand ? "" : command.Name);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
        }

        foreach (string example in examples)
        {
            output.WriteLine($"  {example}");
        }

        if (command is RootCommand)
        {
            output.WriteLine();
            output.WriteLine(ExitCodes);
        }

        return code;
    }
}
