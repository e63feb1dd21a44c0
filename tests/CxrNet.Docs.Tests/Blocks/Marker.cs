using System.Text.RegularExpressions;

namespace CxrNet.Docs.Tests;

/// <summary>The comment above a block that cannot be run, or not even compiled: <c>&lt;!-- not run: why --&gt;</c>.</summary>
internal sealed partial record Marker(bool Compiles, bool Runs)
{
    private const int LeastReason = 10;

    public static Marker Parse(string? line, string page, int lineAbove)
    {
        if (line is null || Comment().Match(line) is not { Success: true } match)
        {
            return new Marker(true, true);
        }

        Assert.True(match.Groups["reason"].Value.Trim().Length >= LeastReason, $"{page}:{lineAbove}: '{line}' gives no reason; 'not {match.Groups["what"].Value}: why' is expected.");
        return new Marker(match.Groups["what"].Value == "run", false);
    }

    [GeneratedRegex("^<!--\\s*not (?<what>run|compiled)\\s*(:(?<reason>.*))?-->$")]
    private static partial Regex Comment();
}
