namespace CxrNet.Benchmarks;

/// <summary>Files that are drawn for the measurements: once, though every benchmark is a process of its own and drawing takes longer than measuring.</summary>
internal static class DrawnFiles
{
    // By the code that draws and the code that asks for it: another build of either draws anew.
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(SuiteFolder.Path, "drawn", $"{typeof(ChestPhantom).Module.ModuleVersionId:N}-{typeof(DrawnFiles).Module.ModuleVersionId:N}")).FullName;

    /// <summary>The path of a file, which is made if it is not there.</summary>
    public static string PathOf(string name, Func<byte[]> draw)
    {
        string path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            string unfinished = Path.Combine(Folder, Path.GetRandomFileName());
            File.WriteAllBytes(unfinished, draw());
            File.Move(unfinished, path, overwrite: true);
        }

        return path;
    }
}
