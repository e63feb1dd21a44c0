using System.Text.RegularExpressions;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Rows of a comma-separated file with a header line; a field may stand in quotes.</summary>
internal static partial class Csv
{
    public static IEnumerable<Dictionary<string, string>> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = Fields(lines[0]);
        return lines.Skip(1).Select(line => names.Zip(Fields(line)).ToDictionary(static pair => pair.First, static pair => pair.Second));
    }

    private static string[] Fields(string line) => [.. Field().Matches(line).Select(static match => match.Groups[1].Value.Trim('"'))];

    [GeneratedRegex("(?:^|,)(\"[^\"]*\"|[^,]*)")]
    private static partial Regex Field();
}
