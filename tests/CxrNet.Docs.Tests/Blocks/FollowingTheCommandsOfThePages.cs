using System.Text.RegularExpressions;

namespace CxrNet.Docs.Tests;

/// <summary>Commands on the pages have options that exist, projects and scripts that are there, links that lead somewhere.</summary>
public sealed partial class FollowingTheCommandsOfThePages
{
    public static TheoryData<string> Pages => [.. Page.All];

    [Theory, MemberData(nameof(Pages))]
    public void EveryCommandParses(string page)
    {
        string[] problems =
        [
            .. from block in Page.BlocksOf(page)
               where block.Language is "bash" or "sh" or "console" or "powershell" && block.Marker.Compiles
               from line in CommandLine.Lines(block)
               let problem = CommandLine.Problem(line.Text)
               where problem is not null
               select $"{page}:{line.Line}: {problem}: {line.Text.Trim()}",
            .. from line in Page.Lines(page).Select(static (text, i) => (Text: text, Number: i + 1))
               from Match span in Span().Matches(line.Text)
               let problem = CommandLine.ProblemOfSpan(span.Groups["command"].Value)
               where problem is not null
               select $"{page}:{line.Number}: {problem}: {span.Groups["command"].Value}",
        ];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    [Theory, MemberData(nameof(Pages))]
    public void EveryLinkLeadsToAFile(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(TestData.TestFolders.Repository, page))!;
        string[] broken =
        [
            .. from line in Page.Lines(page).Select(static (text, i) => (Text: text, Number: i + 1))
               from Match link in Link().Matches(line.Text)
               let target = link.Groups["target"].Value.Split('#')[0]
               where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target))
               select $"{page}:{line.Number}: there is no '{target}'",
        ];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [GeneratedRegex("`(?<command>cxrnet [^`]*)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
