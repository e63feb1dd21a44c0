using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxrNet.Cli.Tests;

public sealed class AskingForHelp
{
    public static TheoryData<string> Commands => ["", .. CliApp.CreateRoot().Subcommands.Select(static c => c.Name)];

    [Theory, MemberData(nameof(Commands))]
    public void EachCommandShowsExamplesThatItUnderstands(string command)
    {
        CliResult result = Cli.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] examples = [.. result.Lines.SkipWhile(static l => l != "Examples:").Skip(1).TakeWhile(static l => l.Length > 0 && l != "Exit codes:")];
        Assert.True(examples.Length > 0, $"'{command}' has no example: samples/CxrNet.Cli/Output/Examples.cs holds them.");
        foreach (string example in examples)
        {
            string own = example[example.IndexOf("cxrnet", StringComparison.Ordinal)..].Split([" > ", " >> ", ")"], StringSplitOptions.None)[0];
            ParseResult parsed = CliApp.CreateRoot().Parse([.. CommandLineParser.SplitCommandLine(own).Skip(1)]);
            Assert.True(parsed.Errors.Count == 0, $"'{example}': {string.Join(" ", parsed.Errors.Select(static e => e.Message))}");
            Command asked = parsed.CommandResult.Command;
            Assert.True(command.Length == 0 || asked.Name == command || asked.Parents.Any(parent => parent.Name == command), $"'{example}' is an example of another command.");
        }
    }

    [Fact]
    public void TheProgramItselfListsItsExitCodes()
    {
        CliResult result = Cli.Run("--help");
        Assert.Contains("Exit codes:", result.Output, StringComparison.Ordinal);
        Assert.All((string[])["  0 ", "  1 ", "  2 ", "  130 "], code => Assert.Contains(code, result.Output, StringComparison.Ordinal));
    }

    [Theory, InlineData("classify"), InlineData("classify", "a.png", "--sharpen"), InlineData("fly"), InlineData("classify", "a.png", "--batch", "0")]
    public void WrongArgumentsHaveAnExitCodeOfTheirOwn(params string[] args)
    {
        CliResult result = Cli.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEqual("", result.Error);
    }
}
