namespace CxrNet.TestData;

/// <summary>Finds the folders of real images and of golden numbers: CXRNET_DATA and CXRNET_GOLDEN, by default ../shared/data and ../shared/golden beside the repository.</summary>
/// <remarks>Where a folder is not there a test is skipped with a message; where CI=true it fails instead, since nothing may be skipped silently there.</remarks>
public static class TestFolders
{
    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Real images; null where there are none.</summary>
    public static string? Data { get; } = Existing("CXRNET_DATA", "data");

    /// <summary>Golden numbers; null where there are none.</summary>
    public static string? Golden { get; } = Existing("CXRNET_GOLDEN", "golden");

    /// <summary>A file or folder below <see cref="Data"/>; skips the test where it is not there.</summary>
    public static string RequireData(string relative) => Require(Data, "CXRNET_DATA", relative);

    /// <summary>A file or folder below <see cref="Golden"/>; skips the test where it is not there.</summary>
    public static string RequireGolden(string relative) => Require(Golden, "CXRNET_GOLDEN", relative);

    /// <summary>A file of the third-party models that lie beside <see cref="Data"/>, in <c>external</c>; skips the test where they are not there, and fails it where CI=true.</summary>
    public static string RequireExternal(string relative)
    {
        string? path = Data is null ? null : Path.GetFullPath(Path.Combine(Data, "..", "external", relative));
        if (path is not null && Path.Exists(path))
        {
            return path;
        }

        Missing.Skip($"'external/{relative}' is not there; it belongs beside the folder that CXRNET_DATA names.");
        return "";
    }

    private static string Require(string? root, string variable, string relative)
    {
        string? path = root is null ? null : Path.Combine(root, relative);
        if (path is not null && (File.Exists(path) || Directory.Exists(path)))
        {
            return path;
        }

        // A sub-folder that is absent from an existing root is passed over; no root at all is an error on CI.
        string missing = $"'{relative}' is not there; set {variable} to a folder that has it.";
        if (root is null)
        {
            Missing.Skip(missing);
        }

        Assert.Skip(missing);
        return "";
    }

    private static string? Existing(string variable, string folder)
    {
        string path = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named
            ? Path.GetFullPath(named, Repository)
            : Path.GetFullPath(Path.Combine(Repository, "..", "shared", folder));
        return Directory.Exists(path) ? path : null;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrNet.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
