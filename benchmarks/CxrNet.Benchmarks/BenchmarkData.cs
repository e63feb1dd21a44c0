namespace CxrNet.Benchmarks;

/// <summary>The folder of real radiographs: CXRNET_DATA, by default shared/data beside the repository.</summary>
internal static class BenchmarkData
{
    /// <summary>A folder or file below it; null, after one line on the console, where it is not there.</summary>
    public static string? Find(string relative, string forWhat)
    {
        string root = Environment.GetEnvironmentVariable("CXRNET_DATA") is { Length: > 0 } named ? named : Path.Combine(SuiteFolder.Repository(), "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(root, relative));
        if (Path.Exists(path))
        {
            return path;
        }

        Skips.Add(forWhat, $"there is no '{relative}' in the folder of data; CXRNET_DATA names another one.");
        return null;
    }
}
