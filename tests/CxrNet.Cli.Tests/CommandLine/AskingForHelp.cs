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
        Assert.True(examples.Length > 0, $"'{command}' has no example: samples/CxrNet.Cli/CommandLine/Examples.cs holds them.");
        foreach (string example in examples)
        {
            string own = example[example.IndexOf("cxrnet", StringComparison.Ordinal)..].Split([" > ", " >> ", ")"], StringSplitOptions.None)[0];
            ParseResult parsed = CliApp.CreateRoot().Parse([.. CommandLineParser.SplitCommandLine(own).Skip(1)]);
            Assert.True(parsed.Errors.Count == 0, $"'{example}': {string.Join(" ", parsed.Errors.Select(static e => e.Message))}");
            Command asked = parsed.CommandResult.Command;
            OnlyWhatThisBuildHas(example, parsed);
            Assert.True(command.Length == 0 || asked.Name == command || asked.Parents.Any(parent => parent.Name == command), $"'{example}' is an example of another command.");
        }
    }

    // The parser takes any text for the name of a method or an engine.
    private static void OnlyWhatThisBuildHas(string example, ParseResult parsed)
    {
        bool hasTorch = TorchMethods.All.Count > 0;
        foreach (string name in Values("--method", "--methods").SelectMany(static v => v.Split(',')))
        {
            Assert.True(ExplanationMethods.All.Any(m => ExplanationName.IsSame(m.Name, name)), $"'{example}': this build has no method '{name}'.");
        }

        Assert.True(hasTorch || !Values("--backends", "--backend").SelectMany(static v => v.Split(',')).Any(static b => b.StartsWith("torch", StringComparison.Ordinal)), $"'{example}': this build has no libtorch.");
        Assert.True(hasTorch || !Values("--layers").Any(), $"'{example}': this build has no CAMs of layers.");

        IEnumerable<string> Values(params string[] options) =>
            parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit && options.Contains(o.Option.Name)).SelectMany(static o => o.Tokens.Select(static t => t.Value));
    }

    [Fact]
    public void TheProgramItselfListsItsExitCodes()
    {
        CliResult result = Cli.Run("--help");
        Assert.Contains("Exit codes:", result.Output, StringComparison.Ordinal);
        Assert.All((string[])["  0 ", "  1 ", "  2 ", "  130 "], code => Assert.Contains(code, result.Output, StringComparison.Ordinal));
    }

    // What cannot be read as a value has been asked for its value by the checks of the whole line.
    [Theory]
    [InlineData("'abc'", "compare", "x", "--limit", "abc"), InlineData("'--limit'", "compare", "x", "--limit"), InlineData("'abc'", "compare", "--phantom", "abc")]
    [InlineData("'--phantom'", "compare", "--phantom", "4", "--phantom", "5"), InlineData("'--backends'", "compare", "--phantom", "2", "--backends", "a", "--backends", "b")]
    [InlineData("'abc'", "compare-maps", "--phantom", "abc", "--out", "x"), InlineData("'abc'", "randomize", "--phantom", "abc", "--out", "x"), InlineData("'--images'", "quantize", "--images", "a", "--images", "b", "--out", "q.onnx")]
    [InlineData("--threads is 100000; 1024 or less", "classify", "a.png", "--threads", "100000"), InlineData("--batch is 800000000; 4096 or less", "classify", "a.png", "--batch", "800000000")]
    public void AValueThatCannotBeIsNamed(string named, params string[] args)
    {
        CliResult result = Cli.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("classify"), InlineData("classify", "a.png", "--sharpen"), InlineData("fly"), InlineData("classify", "a.png", "--batch", "0")]
    public void WrongArgumentsHaveAnExitCodeOfTheirOwn(params string[] args)
    {
        CliResult result = Cli.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEqual("", result.Error);
    }
}
