namespace CxrNet.Benchmarks;

/// <summary>The folder of real radiographs: CXRNET_DATA, by default shared/data beside the repository.</summary>
internal static class BenchmarkData
{
    /// <summary>A folder or file below it; null, after one line on the console, where it is not there.</summary>
    public static string? Find(string relative, string forWhat)
    {
        string root = Environment.GetEnvironmentVariable("CXRNET_DATA") is { Length: > 0 } named ? named : Path.Combine(Repository(), "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(root, relative));
        if (Path.Exists(path))
        {
            return path;
        }

        Console.WriteLine($"Skipped: {forWhat}. There is no '{path}'; set CXRNET_DATA to a folder that has '{relative}'.");
        return null;
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrNet.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
