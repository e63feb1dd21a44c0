using CxrNet.TestData;

namespace CxrNet.Docs.Tests;

/// <summary>The pages that a reader sees, and what stands in them.</summary>
internal static class Page
{
    private const string Fence = "```";

    /// <summary>README, CONTRIBUTING, everything below docs/ and the samples' own pages; relative to the repository, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md" },
        .. Below("docs"),
        .. Below("samples").Where(static p => p.EndsWith("/README.md", StringComparison.Ordinal)),
    ];

    public static string[] Lines(string page) => File.ReadAllLines(Path.Combine(TestFolders.Repository, page));

    /// <summary>The fenced blocks of all pages in one of some languages.</summary>
    public static IEnumerable<Block> Blocks(params string[] languages) =>
        All.SelectMany(BlocksOf).Where(block => languages.Contains(block.Language, StringComparer.OrdinalIgnoreCase));

    /// <summary>The fenced blocks of a page.</summary>
    public static IEnumerable<Block> BlocksOf(string page)
    {
        string[] lines = Lines(page);
        string? marker = null;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                // A marker counts for the next thing on the page.
                marker = lines[i].Trim() is { Length: > 0 } text ? text : marker;
                continue;
            }

            int first = i + 1, end = Array.FindIndex(lines, first, static l => l.Trim() == Fence);
            Assert.True(end >= 0, $"{page}:{i + 1}: the block that begins here never ends.");
            yield return new Block(page, first + 1, lines[i].Trim()[Fence.Length..].Trim(), string.Join('\n', lines[first..end]), Marker.Parse(marker, page, i));
            (i, marker) = (end, null);
        }
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.GetFiles(Path.Combine(TestFolders.Repository, folder), "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(TestFolders.Repository, file).Replace('\\', '/'))
            .Where(static file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
