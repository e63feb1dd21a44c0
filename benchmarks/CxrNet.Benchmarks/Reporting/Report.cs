using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CxrNet.Benchmarks.Reporting;

/// <summary>Puts what the steps of a run left into one folder: a page, tables as Markdown, CSV and JSON, plots.</summary>
internal static class Report
{
    private static readonly string[] Tables = ["claims", "latency", "peers", "ceiling", "cold-start", "stages"];
    private static readonly string[] Extensions = [".md", ".csv", ".json"];
    private static readonly string[] Versioned = ["Microsoft.ML.OnnxRuntime", "TorchSharp", "OpenCvSharp", "SkiaSharp", "BenchmarkDotNet", "ScottPlot", "NetVips", "Magick.NET-Q8-x64", "StbImageSharp"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes all of it.</summary>
    /// <param name="into">A folder that is made.</param>
    public static void Write(string into)
    {
        Directory.CreateDirectory(into);
        ResultTable[] tables = [.. Tables.Select(ResultFiles.Read).OfType<ResultTable>()];
        foreach (string file in tables.SelectMany(static t => Extensions.Select(e => t.Name + e)))
        {
            File.Copy(Path.Combine(SuiteFolder.Path, file), Path.Combine(into, file), overwrite: true);
        }

        string[] benchmarks = CopyBenchmarks(into);
        IReadOnlyList<(string File, string Title)> plots = Plots.Write(into);
        Dictionary<string, string> facts = Facts();
        File.WriteAllText(Path.Combine(into, "run.json"), JsonSerializer.Serialize(facts, Indented) + "\n");
        File.WriteAllText(Path.Combine(into, "README.md"), Page(tables, benchmarks, plots, facts));
        DocsBlock.Update(into, tables, plots, facts);
    }

    private static string[] CopyBenchmarks(string into)
    {
        string results = Path.Combine(SuiteFolder.Path, "results");
        List<string> names = [];
        string[] files = Directory.Exists(results) ? Directory.GetFiles(results, "CxrNet.Benchmarks.*") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            // CxrNet.Benchmarks.Backends.Engines-report-github.md becomes Engines.md.
            string[] parts = Path.GetFileName(file).Split("-report");
            string name = parts[0].Split('.')[^1];
            File.Copy(file, Path.Combine(into, name + Path.GetExtension(file)), overwrite: true);
            names.Add(name);
        }

        return [.. names.Distinct()];
    }

    private static string Page(ResultTable[] tables, string[] benchmarks, IReadOnlyList<(string File, string Title)> plots, Dictionary<string, string> facts)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {facts["machine"]}\n\nWritten by `./bench.sh {facts["scale"]}`; run it again to repeat the figures. How they are measured is in [docs/benchmarks.md](../../../docs/benchmarks.md).\n\n");
        foreach ((string key, string value) in facts)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {key}: {value}\n");
        }

        page.Append('\n');
        foreach ((string file, string title) in plots)
        {
            page.Append(CultureInfo.InvariantCulture, $"![{title}]({file})\n\n");
        }

        foreach (ResultTable table in tables)
        {
            page.Append(ResultFiles.Markdown(table)).Append('\n');
        }

        page.Append("## Tables of BenchmarkDotNet\n\n");
        page.AppendJoin('\n', benchmarks.Select(static b => $"- [{b}]({b}.md)")).Append('\n');
        string[] skipped = File.Exists(Skips.File) ? [.. File.ReadLines(Skips.File).Distinct().Order(StringComparer.Ordinal)] : [];
        page.Append("\n## Not measured, and why\n\n").AppendJoin('\n', skipped.Length > 0 ? skipped.Select(static s => $"- {s}") : ["Nothing was left out."]).Append('\n');
        if (Directory.Exists(Path.Combine(SuiteFolder.Repository(), "benchmarks", "results", facts["machine"], "stages")))
        {
            page.Append("\n## Stages\n\nThe tables of the stages, of a run of their own, are in [stages](stages/README.md).\n");
        }

        return page.ToString();
    }

    private static Dictionary<string, string> Facts() => new()
    {
        ["machine"] = Machine.Name,
        ["processor"] = Machine.Description,
        ["scale"] = BenchmarkScale.Name,
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        ["commit"] = Git("rev-parse", "--short=12", "HEAD") + (Git("status", "--porcelain", "--untracked-files=no").Length > 0 ? " and changes" : ""),
        ["load"] = File.Exists("/proc/loadavg") ? $"{File.ReadAllText("/proc/loadavg").Split(' ')[2]} over the last 15 minutes, this run included" : "unknown",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["model"] = $"{Peers.BenchmarkModel.Card.Id}, {Peers.BenchmarkModel.Side} x {Peers.BenchmarkModel.Side}",
        ["packages"] = string.Join(", ", Versions()),
    };

    private static IEnumerable<string> Versions()
    {
        foreach (string line in File.ReadLines(Path.Combine(SuiteFolder.Repository(), "Directory.Packages.props")))
        {
            string[] quoted = line.Split('"');
            if (quoted.Length > 3 && Array.Find(Versioned, v => quoted[1] == v || quoted[1] == v + "4") is not null)
            {
                yield return $"{quoted[1]} {quoted[3]}";
            }
        }
    }

    private static string Git(params string[] arguments)
    {
        try
        {
            ProcessStartInfo info = new("git") { RedirectStandardOutput = true, WorkingDirectory = SuiteFolder.Repository() };
            Array.ForEach(arguments, info.ArgumentList.Add);
            using Process git = Process.Start(info)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
