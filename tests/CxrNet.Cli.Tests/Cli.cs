using System.Text.Json;
using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

/// <summary>The program in this process, in a folder of its own, with a tiny model at hand.</summary>
public sealed class Cli : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxrnet-cli-").FullName;

    public Cli()
    {
        Model = TinyOnnx.For(ConformanceCards.Classifier).Save(_folder);
    }

    /// <summary>A model that loads.</summary>
    public string Model { get; }

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Write(string name, byte[] bytes)
    {
        string path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Draws a chest and writes it.</summary>
    public string Phantom(string name, string phantomClass = "covid19", int size = 96)
    {
        Run("phantom", "--class", phantomClass, "--size", $"{size}", "--out", Path(name));
        return Path(name);
    }

    /// <summary>Draws chests of two classes in turn and lists them; further columns, and rows that are added, are the caller's.</summary>
    public string TwoClasses(int count, string columns = "", Func<int, string>? more = null, params string[] rows)
    {
        string[] classes = ["normal", "covid19"];
        IEnumerable<string> lines = Enumerable.Range(0, count).Select(i =>
        {
            Run("phantom", "--class", classes[i % 2], "--seed", $"{i}", "--size", "48", "--out", Path($"{i}.png"));
            return $"{i}.png,{classes[i % 2]},test{more?.Invoke(i)}";
        });
        return Write("manifest.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [$"file,label,split{columns}", .. lines, .. rows])));
    }

    /// <summary>Chests of all four classes in turn, listed in a manifest.</summary>
    /// <param name="count">How many, named images/CLASS-NUMBER.png.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="columns">Names of further columns, from ",source" on.</param>
    /// <param name="values">What stands in them for each image, from the comma on.</param>
    public string Manifest(int count, int size = 64, string columns = "", Func<int, string>? values = null)
    {
        string[] names = [.. Enum.GetValues<PhantomClass>().Select(static c => c.FindingName())];
        List<string> lines = ["file,label,split" + columns];
        for (int i = 0; i < count; i++)
        {
            string file = $"images/{names[i % 4]}-{i}.png";
            Run("phantom", "--class", names[i % 4], "--seed", $"{i}", "--size", $"{size}", "--out", Path(file));
            lines.Add($"{file},{names[i % 4]},test{values?.Invoke(i)}");
        }

        return Write("manifest.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    public static CliResult Run(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CliApp.RunAsync(args, output, error).GetAwaiter().GetResult();
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What a run gave.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Every line of stdout as JSON; a line that is none fails the test.</summary>
    public JsonElement[] Json => [.. Lines.Select(l => JsonDocument.Parse(l).RootElement)];

    /// <summary>One line on stderr without a stack trace, and exit code 1, or 2 where the arguments are wrong.</summary>
    public string OneError()
    {
        Assert.InRange(ExitCode, 1, 2);
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        return line;
    }
}
