using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CxrNet.Cli;
using CxrNet.TestData;

namespace CxrNet.Docs.Tests;

/// <summary>A line of a shell block: a command of ours is parsed by the program itself, a script or a project must be there.</summary>
internal static partial class CommandLine
{
    private const string CliProject = "samples/CxrNet.Cli";

    /// <summary>The lines of a shell block, those that go on behind a backslash put together, without remarks.</summary>
    public static IEnumerable<(int Line, string Text)> Lines(Block block)
    {
        string[] lines = block.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int first = i;
            string whole = lines[i];
            while (whole.TrimEnd().EndsWith('\\') && i + 1 < lines.Length)
            {
                whole = whole.TrimEnd()[..^1] + " " + lines[++i].Trim();
            }

            yield return (block.Line + first, whole);
        }
    }

    /// <summary>What is wrong with a line, or null.</summary>
    public static string? Problem(string line)
    {
        string command = Remark().Replace(line, "").Trim();
        if (Project().Match(command) is { Success: true } run)
        {
            string project = run.Groups["project"].Value;
            if (!Directory.Exists(Path.Combine(TestFolders.Repository, project)) && !File.Exists(Path.Combine(TestFolders.Repository, project)))
            {
                return $"there is no project '{project}'";
            }

            return project == CliProject && run.Groups["arguments"].Value.Trim() is { Length: > 0 } arguments ? ProblemOf(arguments, whole: true) : null;
        }

        if (Script().Match(command) is { Success: true } script && !File.Exists(Path.Combine(TestFolders.Repository, script.Value)))
        {
            return $"there is no file '{script.Value}'";
        }

        return Ours().Match(command) is { Success: true } ours ? ProblemOf(ours.Groups["arguments"].Value, whole: true) : null;
    }

    /// <summary>What is wrong with a command in running text, which may be a part of one: only names that the program does not know.</summary>
    public static string? ProblemOfSpan(string span) => ProblemOf(span["cxrnet".Length..], whole: false);

    private static string? ProblemOf(string arguments, bool whole)
    {
        // What a pipe or a redirection hands on is not ours to parse.
        string own = arguments.Split([" | ", " > ", " && ", "…"], StringSplitOptions.None)[0];
        ParseResult parsed = CliApp.CreateRoot().Parse([.. CommandLineParser.SplitCommandLine(own)]);
        string[] errors = [.. parsed.Errors.Select(static e => e.Message)];
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"cxrnet does not know '{string.Join(" ", parsed.UnmatchedTokens)}'";
        }

        return whole && errors.Length > 0 ? string.Join(" ", errors) : Array.Find(errors, static e => e.Contains("is no option of", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Remark();

    [GeneratedRegex(@"--project (?<project>\S+)(\s+--(?<arguments>\s.*|$))?")]
    private static partial Regex Project();

    [GeneratedRegex(@"(?<=^|\s)(eng/|\./|\.ci/)[\w./-]+")]
    private static partial Regex Script();

    [GeneratedRegex(@"^cxrnet(?<arguments>\s.*|$)")]
    private static partial Regex Ours();
}
