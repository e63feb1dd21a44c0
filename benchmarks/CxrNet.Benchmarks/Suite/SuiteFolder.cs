namespace CxrNet.Benchmarks;

/// <summary>Where a run puts what it found before it is published: <c>CXRNET_BENCH_OUT</c>, by default artifacts/bench in the repository.</summary>
internal static class SuiteFolder
{
    public static string Path { get; } = Make();

    /// <summary>The repository's root; the current folder where there is none.</summary>
    public static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CxrNet.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }

    private static string Make()
    {
        string folder = Environment.GetEnvironmentVariable("CXRNET_BENCH_OUT") is { Length: > 0 } named ? named : System.IO.Path.Combine(Repository(), "artifacts", "bench");
        return Directory.CreateDirectory(System.IO.Path.GetFullPath(folder)).FullName;
    }
}
