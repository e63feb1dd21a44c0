using System.Text.Json;

namespace CxrNet.Core.Tests;

/// <summary>The list of files that a golden folder says it has.</summary>
public static class GoldenManifest
{
    /// <summary>Every file of the manifest but the README, relative to the folder. Empty where the folder is not there: its test then says so.</summary>
    public static TheoryData<string> Files(string folder)
    {
        string? path = TestData.TestFolders.Golden is { } root ? Path.Combine(root, folder, "manifest.json") : null;
        if (path is null || !File.Exists(path))
        {
            return [""];
        }

        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. manifest.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()!).Where(f => !f.EndsWith("README.md", StringComparison.Ordinal))];
    }

    /// <summary>The path of one file of the manifest; skips the test where the folder is not there.</summary>
    public static string Locate(string folder, string file) => Path.Combine(TestData.TestFolders.RequireGolden(folder), file);
}
