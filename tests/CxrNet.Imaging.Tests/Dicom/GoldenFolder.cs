using System.Text.Json;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>The golden folder "dicom", walked by its manifest.</summary>
internal static class GoldenFolder
{
    /// <summary>Every file that the manifest lists; empty where there is no folder.</summary>
    public static IReadOnlyList<string> Files { get; } = ReadFiles();

    public static string Path(string relative) => TestFolders.RequireGolden($"dicom/{relative}");

    public static JsonElement Json(string relative)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path(relative)));
        return document.RootElement.Clone();
    }

    /// <summary>Names below a folder; one empty name where the folder is not there, so that the theory is skipped with a message.</summary>
    public static TheoryData<string> Names(string folder)
    {
        string[] names = [.. Files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(".dcm", StringComparison.Ordinal)).Select(f => f[folder.Length..^4])];
        return names.Length == 0 ? [""] : [.. names];
    }

    private static string[] ReadFiles()
    {
        string path = System.IO.Path.Combine(TestFolders.Golden ?? "", "dicom", "manifest.json");
        if (!File.Exists(path))
        {
            return [];
        }

        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(path));
        return [.. manifest.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()!)];
    }
}
