using System.Globalization;
using System.Text;

namespace CxrNet.Benchmarks.Reporting;

/// <summary>The figures of docs/benchmarks.md: whatever stands between its two marks is written by the suite, so that no figure there is older than the results beside it.</summary>
internal static class DocsBlock
{
    private const string Begin = "<!-- results of ", End = "<!-- end of results -->";
    private static readonly string[] Shown = ["claims", "latency", "peers", "cold-start", "stages"];

    /// <summary>Writes the block anew beside the results; the page itself is changed when they are published, and only where it shows this machine.</summary>
    public static void Update(string into, ResultTable[] tables, IReadOnlyList<(string File, string Title)> plots, Dictionary<string, string> facts)
    {
        string page = File.ReadAllText(Path.Combine(SuiteFolder.Repository(), "docs", "benchmarks.md"));
        string mark = $"{Begin}{facts["machine"]} -->";
        int begin = page.IndexOf(mark, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            Console.WriteLine($"docs/benchmarks.md shows another machine than {facts["machine"]}; it stays as it is.");
            return;
        }

        StringBuilder block = new();
        string folder = $"../benchmarks/results/{facts["machine"]}";
        block.Append(CultureInfo.InvariantCulture, $"{mark}\n\nBy `./bench.sh {facts["scale"]}` on {facts["date"]}, commit {facts["commit"]}: {facts["processor"]}. All tables are in [benchmarks/results/{facts["machine"]}]({folder}/README.md).\n\n");
        foreach (ResultTable table in tables.Where(static t => Shown.Contains(t.Name)))
        {
            block.Append('#').Append(ResultFiles.Markdown(table)).Append('\n');
        }

        foreach ((string file, string title) in plots)
        {
            block.Append(CultureInfo.InvariantCulture, $"![{title}]({folder}/{file})\n\n");
        }

        File.WriteAllText(Path.Combine(into, "docs-benchmarks.md"), page[..begin] + block + page[end..]);
    }
}
